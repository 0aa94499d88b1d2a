"""What is passed to calls in traced code: whether it is a tensor, or holds one."""

from __future__ import annotations

from collections.abc import Iterable

from astroid import nodes

from tf2lint.inference.values import External
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame

_SEQUENCES = ("list", "tuple")


def called(frame: Frame, call: nodes.Call) -> str:
    """The dotted name of what a call runs beyond the project, `builtins.sum`; empty if it is not sure."""
    values = frame.values(call.func)
    return values[0].name if len(values) == 1 and isinstance(values[0], External) else ""


def given(call: nodes.Call) -> list[nodes.NodeNG]:
    """The arguments of a call, without those that come out of `*` and `**`."""
    keywords = [keyword.value for keyword in call.keywords if keyword.arg is not None]
    return [argument for argument in call.args if not isinstance(argument, nodes.Starred)] + keywords


def carries(value: Abstract) -> bool:
    """Whether something is a symbolic tensor or a variable, or a list or tuple with one in it."""
    if value.is_symbolic:
        return True
    return value.type in _SEQUENCES and any(carries(item) for item in value.items or ())


def carries_any(frame: Frame, call: nodes.Call) -> bool:
    """Whether a symbolic tensor or a variable is among the arguments of a call."""
    return any(frame.of(argument).is_symbolic for argument in given(call))


def valueless(values: Iterable[Abstract]) -> bool:
    """Whether one of some values surely has none while tracing: a tensor, a variable, or a structure of tensors."""
    return any(value.is_symbolic or value.kind is Kind.NEST for value in values)


def is_tensor_range(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether an expression is `range(x)` of a tensor, which AutoGraph makes a tensor."""
    if not isinstance(node, nodes.Call) or called(frame, node) != "builtins.range" or frame.converted is False:
        return False
    return carries_any(frame, node)
