"""Sizes that are None while TensorFlow traces, used as numbers.

https://www.tensorflow.org/guide/function#rules_of_tracing
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called, given
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import OPEN_SIZE, Abstract, Kind, Origin
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF710",
    pylint_id="E6839",
    symbol="tf-static-dimension",
    summary="`x.shape[0]` used as a number where the signature leaves the size open: it is None.",
    message="{name} {problem}: {hint}.",
    hint="use tf.shape(x)[i]",
    url="https://www.tensorflow.org/guide/function#rules_of_tracing",
    severity=Severity.BREAKS,
    since="2.0",
)

_ORDERED = frozenset(("<", ">", "<=", ">="))
_NUMBERS = frozenset("range int float round abs divmod hex bin oct pow complex".split())
_OF_SIZES = frozenset("sum max min sorted".split())
# Run under 2.4, 2.15 and 2.21; others, `tf.ensure_shape`, `tf.sequence_mask`, take a size that is not known.
_OPS = frozenset(
    """add broadcast_to cast constant convert_to_tensor divide divide_no_nan equal eye fill gather image.resize linspace
    math.add math.divide math.divide_no_nan math.equal math.maximum math.minimum math.multiply math.reduce_prod
    math.subtract math.top_k maximum minimum multiply one_hot ones pad random.gamma random.normal
    random.stateless_normal random.stateless_truncated_normal random.stateless_uniform random.truncated_normal
    random.uniform range reduce_prod reshape slice split stack subtract tile transpose zeros""".split()
)
_ARRAYS = frozenset("numpy.zeros numpy.ones numpy.empty numpy.full numpy.prod numpy.arange numpy.eye".split())
_NONE = "is None: the signature leaves that size open"


@on_traced(RULE, nodes.BinOp, nodes.AugAssign, nodes.UnaryOp, nodes.Compare)
def computed(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`x.shape[0] * 2`, `x.shape[0] > 1`, `-x.shape[0]`."""
    for operand in _operands(node):
        if frame.of(operand) == OPEN_SIZE:
            yield effect(RULE, operand, f"`{operand.as_string()}`", _NONE, once_is_fine=False)
            return


def _operands(node: nodes.NodeNG) -> list[nodes.NodeNG]:
    if isinstance(node, nodes.BinOp):
        text = isinstance(node.left, nodes.Const) and isinstance(node.left.value, str)
        return [] if text else [node.left, node.right]
    if isinstance(node, nodes.AugAssign):
        return [node.target, node.value]
    if isinstance(node, nodes.UnaryOp):
        return [node.operand] if node.op != "not" else []
    found: list[nodes.NodeNG] = []
    left = node.left
    for op, right in node.ops:
        found += [left, right] if op in _ORDERED else []
        left = right
    return found


@on_traced(RULE, nodes.Call)
def passed(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`range(x.shape[0])`, `tf.zeros(x.shape)`, `tf.reshape(x, [x.shape[0], -1])`."""
    name = called(frame, node)
    package, _, short = name.partition(".")
    in_shape = name in _ARRAYS or package == "math" or (package == "builtins" and short in _OF_SIZES)
    if not name:
        names = frame.names(node.func)
        in_shape = len(names) == 1 and next(iter(names)).removeprefix("tf.") in _OPS
    if not in_shape and not (package == "builtins" and short in _NUMBERS):
        return
    for argument in given(node):
        value = frame.of(argument)
        if value == OPEN_SIZE or (in_shape and _has_open_size(value)):
            problem = _NONE if value == OPEN_SIZE else "holds None: the signature leaves a size open"
            hint = "use tf.shape(x)" if value.kind is Kind.SHAPE else ""
            yield effect(RULE, argument, f"`{argument.as_string()}`", problem, hint=hint, once_is_fine=False)
            return


@on_traced(RULE, nodes.Call)
def unstacked(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`tf.unstack(x)`."""
    if frame.names(node.func) != frozenset(("tf.unstack",)) or frame.argument(node, 1, "num") is not None:
        return
    value = frame.of(frame.argument(node, 0, "value"))
    asked = frame.argument(node, 2, "axis")
    axis = frame.of(asked).value if asked is not None else 0
    if value.kind is not Kind.TENSOR or value.origin is not Origin.ARGUMENT or value.shape is None:
        return
    if isinstance(axis, int) and -len(value.shape) <= axis < len(value.shape) and value.shape[axis] is None:
        problem = "needs the size, which the signature leaves open (ValueError)"
        hint = "pass num, or loop with `for row in x`"
        yield effect(RULE, node, "tf.unstack", problem, hint=hint, once_is_fine=False)


def _has_open_size(value: Abstract) -> bool:
    if value.kind is not Kind.SHAPE and value.type not in ("list", "tuple"):
        return False
    return any(item == OPEN_SIZE or _has_open_size(item) for item in value.items or ())
