"""Conditions of converted code that are tensors, but not one truth value; Python truth values given to tf.cond.

https://www.tensorflow.org/guide/function#conditionals
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, TracedCall, effect, on_traced, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF704",
    pylint_id="E6884",
    symbol="tf-condition-not-scalar",
    summary="A condition on a tensor that is no bool scalar, or tf.cond on a Python bool.",
    message="{name} {problem}: {hint}.",
    hint="compare it, or reduce it with tf.reduce_any or tf.reduce_all",
    url="https://www.tensorflow.org/guide/function#conditionals",
    severity=Severity.BREAKS,
    since="2.0",
)

_KINDS = (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE)


@on_traced(RULE, nodes.If, nodes.While, nodes.IfExp)
def tested(node: nodes.If | nodes.While | nodes.IfExp, frame: Frame) -> Iterator[Effect]:
    """`if tf.reduce_sum(x):`."""
    if frame.converted is True and not isinstance(node.test, nodes.BoolOp | nodes.UnaryOp):
        yield from _told(node.test, frame, "as a condition")


@on_traced(RULE, nodes.UnaryOp)
def negated(node: nodes.UnaryOp, frame: Frame) -> Iterator[Effect]:
    """`not x`."""
    if frame.converted is True and node.op == "not":
        asks = _is_test(node)
        if asks or frame.of(node.operand).dtype != "bool":
            yield from _told(node.operand, frame, "as the operand of `not`")


@on_traced(RULE, nodes.BoolOp)
def joined(node: nodes.BoolOp, frame: Frame) -> Iterator[Effect]:
    """`x or tf.constant(1.0)`."""
    if frame.converted is not True:
        return
    by_tensor = False
    for operand in node.values:
        value = frame.of(operand)
        last = operand is node.values[-1]
        if isinstance(operand, nodes.BoolOp) or (isinstance(operand, nodes.UnaryOp) and operand.op == "not"):
            by_tensor = by_tensor or value.is_symbolic
            continue
        if not last or by_tensor or _is_test(node):
            yield from _told(operand, frame, f"as an operand of `{node.op}`")
        by_tensor = by_tensor or value.is_symbolic


def _is_test(node: nodes.NodeNG) -> bool:
    """Whether an expression is a condition, or a part of one."""
    above = node.parent
    if isinstance(above, nodes.If | nodes.While | nodes.IfExp):
        return bool(above.test is node)
    if isinstance(above, nodes.BoolOp) or (isinstance(above, nodes.UnaryOp) and above.op == "not"):
        return _is_test(above)
    return False


def _told(node: nodes.NodeNG, frame: Frame, place: str) -> Iterator[Effect]:
    value = frame.of(node)
    if value.kind not in _KINDS or value.optional or value.unbound:
        return
    wrong, hint = _wrong(value)
    if wrong:
        name = f"`{node.as_string()}`"
        problem = f"is {wrong} {place}, where TensorFlow wants one bool"
        yield effect(RULE, node, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _wrong(value: Abstract) -> tuple[str, str]:
    """What is wrong with a tensor as a condition, and what to write instead."""
    if value.shape and any(size != 1 for size in value.shape):
        return f"a tensor of shape {_shown(value.shape)}", "reduce it with tf.reduce_any or tf.reduce_all"
    if value.dtype and value.dtype != "bool":
        return f"a tensor of dtype {value.dtype}", "compare it, as in `x != 0`; for None write `is not None`"
    return "", ""


def _shown(shape: tuple[int | None, ...]) -> str:
    sizes = ", ".join(str(size) for size in shape)
    return f"({sizes},)" if len(shape) == 1 else f"({sizes})"


@on_traced_call(RULE)
def decided(call: TracedCall) -> Iterator[Effect]:
    """`tf.cond(True, ...)`."""
    name = call.legacy
    if name == "cond":
        conditions = [call.frame.argument(call.node, 0, "pred")]
    elif name == "case":
        pairs = call.frame.argument(call.node, 0, "pred_fn_pairs")
        listed = pairs.elts if isinstance(pairs, nodes.List | nodes.Tuple) else []
        conditions = [pair.elts[0] for pair in listed if isinstance(pair, nodes.Tuple | nodes.List) and pair.elts]
    else:
        return
    for condition in conditions:
        value = call.frame.of(condition)
        if condition is None or not value.is_python or value.type != "bool" or value.optional:
            continue
        problem = f"gets the Python bool `{condition.as_string()}` (TypeError in traced code)"
        hint = "write a Python `if`, or make it a tensor with tf.constant"
        yield effect(RULE, condition, call.name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
