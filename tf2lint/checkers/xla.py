"""What XLA can not compile, and what it leaves out, in functions with `jit_compile=True`. Run under TensorFlow 2.21.

https://www.tensorflow.org/guide/gpu_performance_analysis#2_enable_xla_with_tffunctionjit_compiletrue_or_auto-clustering
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, TracedCall, effect, on_traced, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.index import index_of
from tf2lint.inference.values import Const, External, TfMember
from tf2lint.tracing import scopes
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF806",
    pylint_id="E6895",
    symbol="tf-xla",
    summary="Something in a function with jit_compile=True that XLA can not compile, or silently leaves out.",
    message="{name} {problem}: {hint}.",
    hint="move it out of the function that is compiled, or leave out jit_compile",
    url=(
        "https://www.tensorflow.org/guide/gpu_performance_analysis"
        "#2_enable_xla_with_tffunctionjit_compiletrue_or_auto-clustering"
    ),
    severity=Severity.BREAKS,
    since="2.5",
)

_REFUSAL = "can not be compiled by XLA, which jit_compile=True asks for (InvalidArgumentError)"
_BY_KIND = {
    "get_next": (Kind.ITERATOR, "tf.data.Iterator"),
    "get_next_as_optional": (Kind.ITERATOR, "tf.data.Iterator"),
    "to_tensor": (Kind.COMPOSITE, "tf.RaggedTensor"),
}
_REFUSED = frozenset(
    "print py_function numpy_function py_func timestamp unique_with_counts edit_distance histogram_fixed_width "
    "sparse.sparse_dense_matmul random.gamma random.poisson random.log_uniform_candidate_sampler "
    "image.crop_and_resize linalg.eig linalg.det linalg.sqrtm linalg.logm linalg.lu math.segment_sum "
    "nn.ctc_greedy_decoder nn.ctc_beam_search_decoder strings.regex_replace".split()
)
_REFUSED_BELOW = ("strings.", "sets.", "summary.", "io.decode_", "io.encode_", "io.parse_", "image.decode_")
_FILES = frozenset(("io.read_file", "io.write_file", "io.matching_files"))
_NOT_OPS = frozenset(
    "summary.create_file_writer summary.create_noop_writer summary.should_record_summaries summary.record_if "
    "summary.trace_on summary.trace_off summary.trace_export summary.experimental.set_step "
    "summary.experimental.get_step summary.experimental.summary_scope".split()
)
_LOOKUPS = frozenset("lookup insert insert_or_assign remove erase export size".split())
_METHODS = {"bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"}
_STATIC = ("assert_rank", "assert_shapes", "assert_type", "assert_scalar", "assert_same", "assert_proper", "assert_int")
"""Checks that are made while the function is traced."""


@on_traced_call(RULE)
def refused(call: TracedCall) -> Iterator[Effect]:
    """`tf.print(x)`."""
    what = _refused(call)
    if what and _is_compiled(call.frame):
        yield call.effect(RULE, _REFUSAL, name=what, once_is_fine=False, lifted_is_fine=True)
    elif _is_dropped(call.legacy) and _is_compiled(call.frame):
        hint = "check before or after the function that is compiled"
        yield call.effect(RULE, "is left out by XLA: nothing is checked", hint=hint, once_is_fine=False)


def _refused(call: TracedCall) -> str:
    """The name of what XLA refuses, if a call is of that."""
    name, value = call.legacy, call.value
    if isinstance(value, TfMember):
        return _refused_member(value)
    if name in _REFUSED or name in _FILES or (name.startswith(_REFUSED_BELOW) and name not in _NOT_OPS):
        return call.name
    if name == "image.resize":
        method = call.frame.argument(call.node, 2, "method")
        return call.name if _resizes(method) else ""
    if isinstance(value, External) and value.name == "builtins.next" and call.node.args:
        return "next()" if call.frame.of(call.node.args[0]).kind is Kind.ITERATOR else ""
    return ""


def _refused_member(value: TfMember) -> str:
    if ".lookup." in value.cls and value.attribute in _LOOKUPS:
        return f"{value.cls}.{value.attribute}"
    if ".queue." in value.cls and value.attribute in ("enqueue", "dequeue", "enqueue_many", "dequeue_many"):
        return f"{value.cls}.{value.attribute}"
    return ""


def _resizes(method: nodes.NodeNG | None) -> bool:
    if isinstance(method, nodes.Attribute):
        return method.attrname.lower() in _METHODS
    return isinstance(method, nodes.Const) and method.value in _METHODS


def _is_dropped(name: str) -> bool:
    short = name.removeprefix("debugging.")
    if short in ("Assert", "check_numerics", "assert_all_finite"):
        return True
    return short.startswith("assert_") and not short.startswith(_STATIC)


@on_traced(RULE, nodes.Call)
def method(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`iterator.get_next()`, `ragged.to_tensor()`."""
    if not isinstance(node.func, nodes.Attribute) or node.func.attrname not in _BY_KIND:
        return
    kind, owner = _BY_KIND[node.func.attrname]
    if frame.of(node.func.expr).kind is kind and _is_compiled(frame):
        name = f"{owner}.{node.func.attrname}"
        yield effect(RULE, node, name, _REFUSAL, once_is_fine=False)


@on_traced(RULE, nodes.For)
def over_dataset(node: nodes.For, frame: Frame) -> Iterator[Effect]:
    """`for batch in dataset:`."""
    if frame.control(node) is Control.DATASET and _is_compiled(frame):
        problem = "over a dataset can not be compiled by XLA, which jit_compile=True asks for (InvalidArgumentError)"
        hint = "loop outside, and compile the function of one step"
        yield effect(RULE, node.iter, "a loop", problem, hint=hint, once_is_fine=False)


@on_traced(RULE, nodes.While, nodes.Call)
def differentiated(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`while y < 100.0:` under a GradientTape."""
    if isinstance(node, nodes.Call):
        place, open_ended = node, "tf.while_loop" in frame.names(node.func) and not _is_bounded(frame, node)
    else:
        place, open_ended = node.test, frame.control(node) is Control.TENSOR
    if open_ended and _under_tape(node, frame) and _is_compiled(frame):
        problem = "without a bound, under a GradientTape, can not be compiled by XLA (InvalidArgumentError)"
        hint = "use tf.while_loop with maximum_iterations, or loop over tf.range"
        yield effect(RULE, place, "a loop", problem, hint=hint, once_is_fine=False)


def _is_bounded(frame: Frame, node: nodes.Call) -> bool:
    return frame.argument(node, 7, "maximum_iterations") is not None


def _under_tape(node: nodes.NodeNG, frame: Frame | None) -> bool:
    place: nodes.NodeNG | None = node
    while frame is not None and place is not None:
        for statement, part in frame.around(place):
            if isinstance(statement, nodes.With) and part == "body" and _records(statement, frame):
                return True
        place, frame = frame.traced.at, frame.caller
    return False


def _records(statement: nodes.With, frame: Frame) -> bool:
    contexts = (context for context, _ in statement.items if isinstance(context, nodes.Call))
    return any("tf.GradientTape" in frame.names(context.func) for context in contexts)


# Which functions are compiled


def _is_compiled(frame: Frame) -> bool:
    """Whether XLA compiles what a function does: it, or one that comes to it, has `jit_compile=True`."""
    return any(step.function in _compiled(frame, step.function.root()) for step in frame.traced.chain) or (
        "Keras" in frame.traced.reason and _compiles_models(frame, frame.traced.root.function.root())
    )


def _compiled(frame: Frame, module: nodes.Module) -> frozenset[scopes.Function]:
    nothing: frozenset[scopes.Function] = frozenset()
    return frame.ev.memo.once(("compiled", module), lambda: frozenset(_find_compiled(frame, module)), nothing)


def _find_compiled(frame: Frame, module: nodes.Module) -> Iterator[scopes.Function]:
    for root in tracing_of(frame.ev).roots.of(module):
        keywords = (keyword for call in root.settings for keyword in call.keywords)
        if any(k.arg in ("jit_compile", "experimental_compile") and _is_true(frame, k.value) for k in keywords):
            yield root.place.function


def _compiles_models(frame: Frame, module: nodes.Module) -> bool:
    """Whether a module has a `model.compile(..., jit_compile=True)`."""
    key = ("compiles models", module)
    return frame.ev.memo.once(key, lambda: _finds_compile(frame, module), False)


def _finds_compile(frame: Frame, module: nodes.Module) -> bool:
    calls = index_of(frame.ev, module).called("compile")
    return any(k.arg == "jit_compile" and _is_true(frame, k.value) for call in calls for k in call.keywords)


def _is_true(frame: Frame, node: nodes.NodeNG) -> bool:
    return frame.ev.value_of(node) == frozenset((Const(True),))
