"""Python flags and counters that traced code asks for and changes, to decide which operations run.

https://www.tensorflow.org/guide/function#changing_python_global_and_free_variables
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.checkers.traced_mutation import of_trace
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.inference.index import last_name
from tf2lint.tracing import lifetime
from tf2lint.tracing.abstract import Kind, Origin
from tf2lint.tracing.changes import Change, How, spelled
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control
from tf2lint.tracing.scopes import Function, own_nodes
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF609",
    pylint_id="W6876",
    symbol="tf-state-guard",
    summary="A Python flag or counter that traced code changes decides which operations run: only while it is traced.",
    message="{name} {problem}: {hint}.",
    hint="keep it in a tf.Variable and change it with assign",
    url="https://www.tensorflow.org/guide/function#changing_python_global_and_free_variables",
    severity=Severity.CHANGES,
    since="2.0",
)

_RUNS_AN_OPERATION = frozenset(
    "assign assign_add assign_sub scatter_update scatter_add apply_gradients minimize update_state read_value "
    "enqueue write reset_states reset_state".split()
)
_MAKES_STATE = frozenset("Variable add_weight add_variable build".split())
_STATES = frozenset(("bool", "int", "float", "str", "list", "dict", "set", ""))
_DEEP = 2


@on_traced(RULE, nodes.If, nodes.IfExp)
def guarded(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`if self.first: ...; self.first = False`."""
    if frame.control(node) not in (Control.PYTHON, Control.UNKNOWN) or lifetime.only_eagerly(frame):
        return
    for part in _asked(node.test):
        path = spelled(part)
        if not path or not _is_state(frame, part) or not _changed_by_trace(frame, node, part, path):
            continue
        if _runs_operations(frame, node):
            yield effect(
                RULE,
                part,
                name=path,
                problem="is asked for when the function is traced, which decides for all calls",
                confidence=Confidence.INFERENCE,
                once_is_fine=False,
            )
            return


def _asked(test: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """The names whose value decides: not what is only compared with None, or looked for in a container."""
    if isinstance(test, nodes.Name | nodes.Attribute | nodes.Subscript):
        yield test
    elif isinstance(test, nodes.UnaryOp):
        yield from _asked(test.operand)
    elif isinstance(test, nodes.BoolOp):
        for value in test.values:
            yield from _asked(value)
    elif isinstance(test, nodes.BinOp):
        yield from _asked(test.left)
        yield from _asked(test.right)
    elif isinstance(test, nodes.Compare):
        others = [other for _, other in test.ops]
        asks_for_none = any(isinstance(o, nodes.Const) and o.value is None for o in (test.left, *others))
        if not asks_for_none and all(op not in ("in", "not in") for op, _ in test.ops):
            for side in (test.left, *others):
                yield from _asked(side)
    elif isinstance(test, nodes.Call) and last_name(test.func) == "len" and test.args:
        yield from _asked(test.args[0])


def _is_state(frame: Frame, node: nodes.NodeNG) -> bool:
    known = frame.of(node)
    if not (known.kind is Kind.UNKNOWN or (known.is_python and known.type in _STATES)):
        return False
    if isinstance(node, nodes.Name):
        local = node.name in frame.function.locals
        return not local or node.name in lifetime.outside(frame.ev, frame.function)
    inner = node.expr if isinstance(node, nodes.Attribute) else node.value
    return lifetime.origin_of(frame, inner) is Origin.OUTER


def _changed_by_trace(frame: Frame, statement: nodes.NodeNG, part: nodes.NodeNG, path: str) -> bool:
    """Whether the trace changes the state, and has not set it for itself before."""
    found = False
    for function in lifetime.in_trace(frame):
        for change in lifetime.changes_in(frame.ev, function):
            if change.attribute != path.rpartition(".")[2] or not _same_state(change, part, path):
                continue
            if not change.repeats and not _is_later(change, statement, function, frame):
                return False
            if function is frame.function and any(of_trace(frame.of(value)) for value in change.stored):
                return False  # A cache: what is wrong with it is what it holds.
            found = True
    return found


def _same_state(change: Change, part: nodes.NodeNG, path: str) -> bool:
    if isinstance(part, nodes.Subscript):
        return change.how is How.ITEM and change.path == path
    return change.how in (How.NAME, How.ATTRIBUTE, How.METHOD)


def _is_later(change: Change, statement: nodes.NodeNG, function: Function, frame: Frame) -> bool:
    return function is frame.function and (change.node.lineno or 0) >= (statement.lineno or 0)


def _runs_operations(frame: Frame, statement: nodes.NodeNG) -> bool:
    """Whether what stands under a condition is the work of a call, and not the making of state."""
    inside = _decided(statement)
    calls = [call for child in inside for call in child.nodes_of_class(nodes.Call)]
    operands = [node for child in inside for node in child.nodes_of_class((nodes.BinOp, nodes.Call))]
    if any(_makes_state(frame, call, _DEEP) for call in calls):
        return False
    return any(frame.of(node).kind is Kind.TENSOR for node in operands) or any(_runs(frame, c, _DEEP) for c in calls)


def _decided(statement: nodes.NodeNG) -> list[nodes.NodeNG]:
    """What runs by a condition: its branches, and what follows a branch that returns."""
    if isinstance(statement, nodes.IfExp):
        return [statement.body, statement.orelse]
    inside = [*statement.body, *statement.orelse]
    block = getattr(statement.parent, "body", None)
    if isinstance(statement.body[-1], nodes.Return) and isinstance(block, list) and statement in block:
        inside += block[block.index(statement) + 1 :]
    return inside


def _makes_state(frame: Frame, call: nodes.Call, deep: int) -> bool:
    if last_name(call.func) in _MAKES_STATE:
        return True
    known = frame.of(call)
    if known.kind in (Kind.VARIABLE, Kind.KERAS) and known.origin is Origin.FRESH:
        return True
    return any(_makes_state(frame, inner, deep - 1) for inner in _inner_calls(frame, call, deep))


def _runs(frame: Frame, call: nodes.Call, deep: int) -> bool:
    if isinstance(call.func, nodes.Attribute) and call.func.attrname in _RUNS_AN_OPERATION:
        return True
    return "tf.print" in frame.ev.dotted(call.func) or any(
        _runs(frame, inner, deep - 1) for inner in _inner_calls(frame, call, deep)
    )


def _inner_calls(frame: Frame, call: nodes.Call, deep: int) -> Iterator[nodes.Call]:
    if deep:
        for place in tracing_of(frame.ev).calls.called(call, frame.traced.place):
            yield from (node for node in own_nodes(place.function) if isinstance(node, nodes.Call))
