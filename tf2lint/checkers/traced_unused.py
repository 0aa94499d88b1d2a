"""Results of ops that nothing uses: the op is not part of what runs.

https://www.tensorflow.org/guide/intro_to_graphs#non-strict_execution
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import TfName
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.kinds import below_keras

RULE = Rule(
    code="TF612",
    pylint_id="W6879",
    symbol="tf-unused-result",
    summary="An op or a TensorArray.write in traced code whose result is dropped: it does nothing.",
    message="{name} {problem}: {hint}.",
    hint="use the result, or tf.debugging.assert_* to check something",
    url="https://www.tensorflow.org/guide/intro_to_graphs#non-strict_execution",
    severity=Severity.CHANGES,
    since="2.0",
)

# Run under TensorFlow 2.4 and 2.21: none of these is kept for an effect of its own.
_MODULES = ("math.", "linalg.", "strings.", "bitwise.", "signal.", "image.", "sparse.", "nn.", "quantization.")
_NOT_IN_MODULES = frozenset("nn.static_rnn nn.dynamic_rnn nn.scale_regularization_loss".split())
_FUNCTIONS = frozenset(
    (
        "abs acos acosh add add_n argmax argmin argsort as_string asin asinh atan atan2 atanh batch_to_space bitcast "
        "boolean_mask broadcast_to cast clip_by_global_norm clip_by_norm clip_by_value complex concat cos cosh cumsum "
        "divide dynamic_partition dynamic_stitch eig eigvals einsum ensure_shape equal exp expand_dims eye fill "
        "fingerprint floor gather gather_nd greater greater_equal histogram_fixed_width identity identity_n less "
        "less_equal linspace logical_and logical_not logical_or matmul maximum meshgrid minimum multiply negative "
        "norm not_equal one_hot ones ones_like pad parallel_stack pow range rank realdiv reduce_all reduce_any "
        "reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum repeat reshape reverse "
        "reverse_sequence roll round saturate_cast scalar_mul scatter_nd searchsorted sequence_mask shape sigmoid "
        "sign sin sinh size slice sort space_to_batch space_to_batch_nd split sqrt square squeeze stack stop_gradient "
        "strided_slice subtract tan tanh tensor_scatter_nd_add tensor_scatter_nd_max tensor_scatter_nd_min "
        "tensor_scatter_nd_sub tensor_scatter_nd_update tensordot tile transpose truncatediv truncatemod unique "
        "unique_with_counts unravel_index unstack where zeros zeros_like io.decode_base64 io.decode_image "
        "io.decode_jpeg io.decode_png io.decode_raw io.encode_jpeg io.encode_png io.parse_example "
        "io.parse_single_example io.parse_tensor io.read_file io.serialize_tensor audio.decode_wav random.normal "
        "random.uniform random.shuffle random.truncated_normal random.categorical random.gamma random.poisson "
        "random.stateless_uniform random.stateless_normal random_normal random_uniform random_shuffle decode_raw "
        "read_file to_float to_int32 matrix_inverse cholesky"
    ).split()
)
_NOT_OF_KERAS_OPS = frozenset(
    "cond while_loop fori_loop scan map custom_gradient associative_scan switch vectorized_map".split()
)
_OF_ARRAY = frozenset("write unstack scatter split".split())
_NOT_OF_ARRAY = frozenset("append extend insert pop".split())


@on_traced(RULE, nodes.Expr)
def dropped(node: nodes.Expr, frame: Frame) -> Iterator[Effect]:
    """`tf.ensure_shape(x, [3])`, `array.write(i, x)`, as a statement."""
    call = node.value
    if not isinstance(call, nodes.Call):
        return
    if isinstance(call.func, nodes.Attribute) and frame.of(call.func.expr).kind is Kind.TENSOR_ARRAY:
        yield from _of_array(call, call.func.attrname)
        return
    values = frame.values(call.func)
    names = [value.name for value in values if isinstance(value, TfName)]
    if not names or len(names) != len(values) or _is_named(call) or _is_tried(node):
        return
    if all(_is_pure(name) for name in names):
        name = names[0]
        problem = "does nothing here: its result is dropped, the op with it, and so is any error of it"
        yield _effect(call, name, problem, "")


def _of_array(call: nodes.Call, method: str) -> Iterator[Effect]:
    if method in _OF_ARRAY:
        problem = "gives the array that holds what was written; the one at hand stays as it was"
        written = call.func.expr.as_string()
        yield _effect(call, f"TensorArray.{method}", problem, f"write `{written} = {written}.{method}(...)`")
    elif method in _NOT_OF_ARRAY:
        problem = "does not exist (AttributeError)"
        yield _effect(call, f"TensorArray.{method}", problem, "write `array = array.write(array.size(), x)`")


def _effect(call: nodes.Call, name: str, problem: str, hint: str) -> Effect:
    return effect(
        RULE,
        call.func,
        name,
        problem,
        hint=hint,
        confidence=Confidence.BINDING,
        once_is_fine=False,
        lifted_is_fine=True,
    )


def _is_pure(name: str) -> bool:
    """Whether a function, by canonical name, does nothing but compute."""
    of_keras = below_keras(name)
    if of_keras is not None:
        return of_keras.startswith("ops.") and of_keras.rpartition(".")[2] not in _NOT_OF_KERAS_OPS
    if not name.startswith("tf."):
        return False
    known = legacy(name)[1]
    below = known.startswith(_MODULES) and known not in _NOT_IN_MODULES and known.rpartition(".")[2][:1].islower()
    return below or known in _FUNCTIONS


def _is_named(call: nodes.Call) -> bool:
    """Whether an op gets a name, by which what loads the graph may ask for it."""
    return any(keyword.arg == "name" for keyword in call.keywords)


def _is_tried(node: nodes.NodeNG) -> bool:
    """Whether a statement is there to see if it raises."""
    return isinstance(node.parent, nodes.Try) and node in node.parent.body
