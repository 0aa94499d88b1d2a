"""What is passed to calls in traced code: whether it is a tensor, or holds one."""

from __future__ import annotations

from astroid import nodes

from tf2lint.inference.index import last_name
from tf2lint.inference.values import External
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame

_QUESTIONS = frozenset(("isinstance", "is_tensor", "hasattr", "is_symbolic_tensor", "is_keras_tensor", "type"))
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


def valueless(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether something surely has no value while tracing: a tensor, a variable, or a structure of tensors."""
    value = frame.of(node)
    return value.is_symbolic or (value.kind is Kind.NEST and not _is_examined(frame, node))


def _is_examined(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether the program asks what type something has, and so takes other things than tensors there as well."""
    if isinstance(node, nodes.Name) and any(
        _asks_type(call) and call.args and call.args[0].as_string() == node.name for call in frame.find(nodes.Call)
    ):
        return True
    at: nodes.NodeNG | None = node
    above: Frame | None = frame
    while above is not None and at is not None:
        for statement, part in above.around(at):
            if isinstance(statement, nodes.If | nodes.IfExp) and part != "test":
                tests = [statement.test, *statement.test.nodes_of_class(nodes.Call)]
                if any(isinstance(test, nodes.Call) and _asks_type(test) for test in tests):
                    return True
        at = above.traced.at
        above = above.caller
    return False


def _asks_type(call: nodes.Call) -> bool:
    return last_name(call.func) in _QUESTIONS


def is_tensor_range(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether an expression is `range(x)` of a tensor, which AutoGraph makes a tensor."""
    if not isinstance(node, nodes.Call) or called(frame, node) != "builtins.range" or frame.converted is False:
        return False
    return carries_any(frame, node)
