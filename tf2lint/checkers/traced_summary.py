"""Summaries in traced code whose step is a Python number, or that were traced where there was no writer.

https://www.tensorflow.org/api_docs/python/tf/summary
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, names_called, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference import bindings
from tf2lint.inference.index import function_around, index_of, last_name
from tf2lint.tracing.abstract import NUMBERS
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF613",
    pylint_id="W6880",
    symbol="tf-summary-step",
    summary="A summary in traced code with a Python step, without a step, or traced where no writer was the default.",
    message="{name} {problem}: {hint}.",
    hint="pass the step as an int64 tensor, or keep it in a tf.Variable such as optimizer.iterations",
    url="https://www.tensorflow.org/api_docs/python/tf/summary",
    severity=Severity.CHANGES,
    since="2.0",
)

_STEP_AT = {"scalar": 2, "histogram": 2, "image": 2, "text": 2, "audio": 3, "write": 2}
_SUMMARY = "tf.summary."
_WRITERS = frozenset(("as_default", "set_as_default"))
_AT_TOP = "a tf.function"


@on_traced(RULE, nodes.Call)
def recorded(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`tf.summary.scalar("loss", loss, step=self.count)`."""
    names = names_called(frame, node)
    kinds = {name.removeprefix(_SUMMARY) for name in names if name.startswith(_SUMMARY)}
    if len(names) != 1 or not kinds & set(_STEP_AT):
        return
    step = frame.argument(node, _STEP_AT[kinds.pop()], "step")
    if step is not None and not frame.of(step).is_none:
        if _is_frozen(step, frame):
            problem = f"gets the value that `{step.as_string()}` had while tracing as the step of every call"
            yield effect(RULE, step, names[0], problem, once_is_fine=False)
        elif not _has_writer(node, frame) and _traced_without_writer(frame):
            problem = "is traced where no writer is the default, so that it is not part of the function"
            hint = "enter `with writer.as_default()` in the function, or before its first call"
            yield effect(RULE, node, names[0], problem, hint=hint, once_is_fine=False)
    elif not _is_open(node):
        setters = list(_default_steps(node, frame))
        if not setters and _has_writer(node, frame):
            yield effect(RULE, node, names[0], "has no step (ValueError)", once_is_fine=False)
        elif setters and all(_is_python_counter(setter, frame) for setter in setters):
            problem = f"gets the default step `{setters[0].as_string()}` that was set when it was traced, in every call"
            yield effect(RULE, node, names[0], problem, once_is_fine=False)


@on_traced(RULE, nodes.With)
def entered(node: nodes.With, frame: Frame) -> Iterator[Effect]:
    """`with writer.as_default(step=self.count):`."""
    for context, _ in node.items:
        if isinstance(context, nodes.Call) and last_name(context.func) == "as_default":
            step = frame.argument(context, 0, "step")
            if step is not None and _is_frozen(step, frame):
                problem = f"gets the value that `{step.as_string()}` had while tracing as the step of every call"
                yield effect(RULE, step, "SummaryWriter.as_default", problem, once_is_fine=False)


def _is_frozen(step: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a step is a Python number from outside of the trace that the program changes."""
    number = step
    while isinstance(number, nodes.BinOp):  # `count + 1`
        number = number.left if not isinstance(number.left, nodes.Const) else number.right
    if isinstance(number, nodes.Call) and last_name(number.func) in ("int", "constant", "cast") and number.args:
        number = number.args[0]
    if isinstance(number, nodes.Name):
        scope, statements = bindings.found(number, number.name)
        if scope is frame.function or scope is None:
            return False
        bound = scope.locals.get(number.name, statements)
        return (_is_number(number, frame) or all(map(_counts, bound))) and _changes(bound)
    if isinstance(number, nodes.Attribute) and frame.traced.place.receiver is not None:
        return _is_number(number, frame) and _is_counted(number, frame.traced.place.receiver)
    return False


def _is_number(node: nodes.NodeNG, frame: Frame) -> bool:
    known = frame.of(node)
    return known.is_python and (known.type in NUMBERS or not known.type)


def _counts(target: nodes.NodeNG) -> bool:
    """Whether a binding of a name gives it a number: `count = 0`, `count += 1`, `for count in range(3)`."""
    statement = target.parent
    if isinstance(statement, nodes.Assign | nodes.AugAssign):
        return isinstance(statement.value, nodes.Const) and isinstance(statement.value.value, int)
    if isinstance(statement, nodes.For) and isinstance(statement.iter, nodes.Call):
        return isinstance(statement.iter.func, nodes.Name) and statement.iter.func.name == "range"
    return False


def _changes(bound: list[nodes.NodeNG]) -> bool:
    """Whether a name of an outer scope gets several values: by a loop, an operator, another assignment."""
    return len(bound) > 1 or any(isinstance(one.parent, nodes.For | nodes.AugAssign) for one in bound)


def _is_counted(node: nodes.Attribute, cls: nodes.ClassDef) -> bool:
    """Whether a method of a class other than `__init__` changes an attribute."""
    for target in cls.nodes_of_class(nodes.AssignAttr):
        method = function_around(target)
        if target.attrname == node.attrname and getattr(method, "name", "") != "__init__":
            return True
    return False


def _has_writer(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a writer is made the default around a node, here or in those who called."""
    here: Frame | None = frame
    at: nodes.NodeNG | None = node
    while here is not None and at is not None:
        if any(_makes_default(statement) for statement, _ in here.around(at)):
            return True
        at = here.traced.at
        here = here.caller
    return False


def _makes_default(statement: nodes.NodeNG) -> bool:
    if not isinstance(statement, nodes.With):
        return False
    return any(
        isinstance(context, nodes.Call) and last_name(context.func) == "as_default" for context, _ in statement.items
    )


def _is_open(node: nodes.Call) -> bool:
    """Whether what a call passes is not all written out."""
    starred = any(isinstance(argument, nodes.Starred) for argument in node.args)
    return starred or any(keyword.arg is None for keyword in node.keywords)


def _default_steps(node: nodes.NodeNG, frame: Frame) -> Iterator[nodes.NodeNG]:
    """What the modules of a summary and of the tf.function set as a default step."""
    for module in {node.root(), frame.traced.root.function.root()}:
        for call in index_of(frame.ev, module).calls:
            if last_name(call.func) == "set_step" or last_name(call.func) in _WRITERS:
                step = frame.argument(call, 0, "step")
                if step is not None:
                    yield step


def _is_python_counter(step: nodes.NodeNG, frame: Frame) -> bool:
    """Whether what is set as a default step outside of the trace is a number that Python counts on."""
    if not isinstance(step, nodes.Name) or function_around(step) in {one.function for one in frame.traced.chain}:
        return False
    scope, statements = bindings.found(step, step.name)
    bound = scope.locals.get(step.name, statements) if scope is not None else []
    return bool(bound) and all(map(_counts, bound)) and _changes(bound)


def _traced_without_writer(frame: Frame) -> bool:
    """Whether the first call of the tf.function stands before, and a later one in, `with writer.as_default()`."""
    root = frame.traced.root
    function = root.function
    if root.reason != _AT_TOP or not isinstance(function, nodes.FunctionDef):
        return False
    index = index_of(frame.ev, function.root())
    if index.called("set_as_default"):
        return False
    sites = index.called(function.name)
    places = {function_around(call) for call in sites}
    if len(sites) < 2 or len(places) != 1 or places == {function}:
        return False
    sites.sort(key=lambda call: (call.lineno, call.col_offset))
    inside = [_lies_in_writer(call) for call in sites]
    return not inside[0] and any(inside)


def _lies_in_writer(node: nodes.NodeNG) -> bool:
    above = node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef):
        if _makes_default(above):
            return True
        above = above.parent
    return False
