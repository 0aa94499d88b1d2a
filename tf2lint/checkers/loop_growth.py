"""Python objects that a branch or loop on a tensor changes: it is traced once, however often it runs.

https://www.tensorflow.org/guide/function#accumulating_values_in_a_loop
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.index import function_around, last_name
from tf2lint.tracing import liveness, scopes
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control

RULE = Rule(
    code="TF708",
    pylint_id="E6888",
    symbol="tf-growth-in-loop",
    summary="A Python list, dict, attribute or closure changed in a branch or loop on a tensor.",
    message="{name} {problem}: {hint}.",
    hint="use a tf.TensorArray and write to it in the loop",
    url="https://www.tensorflow.org/guide/function#accumulating_values_in_a_loop",
    severity=Severity.BREAKS,
    since="2.0",
)

_GROWING = frozenset("append extend insert add update setdefault appendleft pop remove clear".split())
_CONTAINERS = frozenset(("list", "dict", "set"))
_CALLING = frozenset("cond case switch_case while_loop map_fn scan foldl foldr".split())
_GRAPH = (Control.TENSOR, Control.DATASET)


@on_traced(RULE, nodes.Call)
def grown(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`rows.append(v)` in `for v in x`, with the list from before the loop."""
    func = node.func
    if not isinstance(func, nodes.Attribute) or func.attrname not in _GROWING or not isinstance(func.expr, nodes.Name):
        return
    name = func.expr.name
    owner = frame.of(func.expr)
    if not owner.is_python or owner.type not in _CONTAINERS:
        return
    found = _from_outside(func.expr, node, frame)
    if found is None:
        return
    statement, holder = found
    hashed = func.attrname == "add" and any(frame.of(argument).is_symbolic for argument in node.args)
    read = hashed or holder is None or liveness.is_read_after(statement, holder) or _leaves_function(name, frame)
    if not read:
        return
    what = "loop" if isinstance(statement, nodes.For | nodes.While) else "branch"
    otherwise = "give both branches' results a name, or use tf.where"
    if isinstance(statement, nodes.Call):
        what = f"callback of `{statement.func.as_string()}`"
        otherwise = "return it from the callback"
    hint = RULE.hint if what == "loop" else otherwise
    problem = f"runs once, while the {what} on a tensor is traced, and what it adds does not leave it"
    if hashed:
        problem = "puts a tensor into a set, which has no hash (TypeError)"
    yield effect(RULE, node, f"{name}.{func.attrname}", problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _leaves_function(name: str, frame: Frame) -> bool:
    """Whether a container is not the function's own: a global, or one of a function around."""
    return name not in frame.function.locals


def _from_outside(owner: nodes.Name, node: nodes.NodeNG, frame: Frame) -> tuple[nodes.NodeNG, str | None] | None:
    """The innermost branch or loop on a tensor around a node, if what a name holds was made before it.

    The name that holds it where that branch or loop stands comes with it; None if it is not the function's own.
    """
    for statement, part in frame.around(node):
        if part in ("body", "orelse") and frame.control(statement) in _GRAPH and frame.converted is True:
            if isinstance(statement, nodes.IfExp):
                return statement.statement(), owner.name
            if owner.name in frame.entry(statement):
                return statement, owner.name
            return None if owner.name in frame.function.locals else (statement, None)
    at = frame.traced.at
    if frame.caller is None or not isinstance(at, nodes.Call):
        return None
    parameter = owner.name in scopes.all_parameters(frame.function)
    if owner.name in frame.function.locals and not parameter:
        return None
    if last_name(at.func) in _CALLING and not parameter:
        return at, (owner.name if owner.name in frame.caller.function.locals else None)
    given = _passed(at, frame, owner.name) if parameter else owner
    if not isinstance(given, nodes.Name):
        return None
    return _from_outside(given, at, frame.caller)


def _passed(call: nodes.Call, frame: Frame, parameter: str) -> nodes.NodeNG | None:
    names = scopes.parameters(frame.function)
    if parameter not in names or scopes.class_of(frame.function) is not None:
        return None
    return frame.argument(call, names.index(parameter), parameter)


@on_traced(RULE, nodes.AssignAttr, nodes.AssignName)
def hidden(node: nodes.AssignAttr | nodes.AssignName, frame: Frame) -> Iterator[Effect]:
    """`self.n += 1` in a method that a loop on a tensor calls."""
    if isinstance(node, nodes.AssignName):
        yield from _outer_name(node, frame)
        return
    method = frame.function
    if frame.caller is None or frame.converted is not True or not isinstance(frame.traced.at, nodes.Call):
        return
    if getattr(method, "name", "") == "__init__" or not isinstance(node.expr, nodes.Name):
        return
    if not scopes.parameters(method) or node.expr.name != scopes.parameters(method)[0]:
        return
    if scopes.class_of(method) is None or _own_branch(node, frame):
        return
    call = frame.traced.at
    statement = _branch_of(call, frame.caller)
    if statement is None or not isinstance(call.func, nodes.Attribute) or not isinstance(call.func.expr, nodes.Name):
        return
    owner = call.func.expr.name
    if owner in frame.caller.function.locals and owner not in frame.caller.entry(statement):
        return
    what = "loop" if isinstance(statement, nodes.For | nodes.While) else "branch"
    problem = f"is changed once, while the {what} on a tensor that calls the method is traced, and not when it runs"
    hint = f"return the new value and assign it in the {what} itself, or use a tf.Variable"
    name = f"`{node.as_string()}`"
    yield effect(RULE, node, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _own_branch(node: nodes.NodeNG, frame: Frame) -> bool:
    return any(frame.control(s) in _GRAPH and part in ("body", "orelse") for s, part in frame.around(node))


def _branch_of(node: nodes.NodeNG, frame: Frame) -> nodes.NodeNG | None:
    """The innermost branch or loop on a tensor around a node in its own function."""
    if frame.converted is not True:
        return None
    for statement, part in frame.around(node):
        if part in ("body", "orelse") and frame.control(statement) in _GRAPH:
            return statement
    return None


def _outer_name(node: nodes.AssignName, frame: Frame) -> Iterator[Effect]:
    """A `global` or `nonlocal` name that a branch on a tensor, or what it calls, gives a value."""
    declared = {n for found in frame.find(nodes.Global, nodes.Nonlocal) for n in found.names}
    if node.name not in declared or frame.converted is not True or not isinstance(node, nodes.AssignName):
        return
    if not isinstance(node.parent, nodes.Assign | nodes.AugAssign):
        return
    own = _branch_of(node, frame)
    called = None
    if own is None and frame.caller is not None and isinstance(frame.traced.at, nodes.Call):
        called = _branch_of(frame.traced.at, frame.caller)
    if isinstance(own, nodes.If):
        problem = "is changed by a branch on a tensor, of which Python learns nothing when it runs"
    elif called is not None:
        problem = "is changed once, while the branch or loop on a tensor that calls the function is traced"
    else:
        return
    hint = "return the new value, or use a tf.Variable"
    name = f"`{node.name}`"
    yield effect(RULE, node, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


@on_traced(RULE, nodes.For, nodes.While, nodes.If)
def captured(node: nodes.For | nodes.While | nodes.If, frame: Frame) -> Iterator[Effect]:
    """`get = lambda: a` before a loop on a tensor that changes `a`, and `get()` after it."""
    own = frame.function.locals
    if frame.converted is not True or frame.control(node) not in _GRAPH or own is None:
        return
    changed = liveness.assigned_in([*node.body, *node.orelse])
    for name, value in frame.entry(node).items():
        function = value.target
        if function is None or function_around(function) is not frame.function:
            continue
        free = {n.name for n in function.nodes_of_class(nodes.Name) if n.name not in function.locals}
        common = sorted(free & changed.keys() & frame.entry(node).keys() & own.keys())
        if common and liveness.is_read_after(node, name) and name not in changed:
            what = "loop" if isinstance(node, nodes.For | nodes.While) else "branch"
            problem = f"does not see what the {what} on a tensor in line {node.lineno} makes of `{common[0]}`"
            hint = f"pass `{common[0]}` as an argument, or define the function after the {what}"
            yield effect(RULE, function, f"`{name}`", problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
