"""Handlers in traced code for errors that come when the graph runs.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.inference.index import last_name
from tf2lint.inference.returns import legacy
from tf2lint.tracing.abstract import Kind, Origin
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF611",
    pylint_id="W6878",
    symbol="tf-except-in-function",
    summary="except, finally or contextlib.suppress in traced code around ops: what fails when they run is not caught.",
    message="{name} {problem}: {hint}.",
    hint="put the try around the call of the function, or test with tf.cond or tf.where before the op",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)

_STATIC = frozenset("builtins.ValueError builtins.TypeError builtins.Exception builtins.BaseException".split())
"""What tracing raises for what can be seen of shapes and types: a handler for these has its use."""
_END = frozenset(("builtins.StopIteration", "tf.errors.OutOfRangeError", "tf.compat.v1.errors.OutOfRangeError"))
_ON_HOST = ("gfile.", "io.gfile.", "train.load_", "train.list_", "saved_model.", "load_", "config.", "distribute.")
_CHANGES = frozenset(
    "append extend insert add update pop remove write print info warning debug error log close".split()
)


@on_traced(RULE, nodes.Try)
def tried(node: nodes.Try, frame: Frame) -> Iterator[Effect]:
    """`try: y = tf.gather(x, i)` with `except tf.errors.InvalidArgumentError:`."""
    runs = _runs_ops(node.body, frame)
    if not runs:
        return
    for handler in node.handlers:
        if handler.type is not None:
            yield from _caught(handler.type, node.body, frame)
    yield from _finally(node, frame)


@on_traced(RULE, nodes.With)
def suppressed(node: nodes.With, frame: Frame) -> Iterator[Effect]:
    """`with contextlib.suppress(tf.errors.NotFoundError):`."""
    for context, _ in node.items:
        suppresses = isinstance(context, nodes.Call) and "contextlib.suppress" in frame.names(context.func)
        if suppresses and _runs_ops(node.body, frame):
            for caught in context.args:
                yield from _caught(caught, node.body, frame)


def _caught(caught: nodes.NodeNG, body: list[nodes.NodeNG], frame: Frame) -> Iterator[Effect]:
    listed = caught.elts if isinstance(caught, nodes.Tuple) else [caught]
    names = frozenset(name for one in listed for name in frame.names(one))
    if names & _STATIC or not names:
        return
    of_runs = sorted(name for name in names if _comes_when_run(name))
    if not of_runs and names & _END and _advances(body, frame):
        of_runs = ["StopIteration"]
    if of_runs:
        problem = "comes when the graph runs, and is not caught here"
        yield _effect(caught, of_runs[0], problem)


def _comes_when_run(name: str) -> bool:
    return name.startswith("tf.") and legacy(name)[1].startswith("errors.")


def _finally(node: nodes.Try, frame: Frame) -> Iterator[Effect]:
    for statement in node.finalbody:
        for changed in _changes(statement, frame):
            problem = "runs while tracing, and not when the ops have run or failed"
            yield _effect(changed, "finally", problem)
            return


def _changes(statement: nodes.NodeNG, frame: Frame) -> Iterator[nodes.NodeNG]:
    """What a statement of a `finally` does that the program sees later."""
    if isinstance(statement, nodes.AugAssign) and frame.of(statement.target).kind is Kind.PYTHON:
        yield statement
    elif isinstance(statement, nodes.Expr) and isinstance(statement.value, nodes.Call):
        func = statement.value.func
        if last_name(func) not in _CHANGES:
            return
        if isinstance(func, nodes.Name) or frame.of(func.expr).origin is not Origin.FRESH:
            yield statement.value


def _runs_ops(body: list[nodes.NodeNG], frame: Frame) -> bool:
    """Whether statements make ops of the graph, and ask nothing of the host that may fail while tracing."""
    found = False
    for call in _calls(body):
        names = frame.names(call.func)
        if any(name.startswith("tf.") and legacy(name)[1].startswith(_ON_HOST) for name in names):
            return False
        if any(name.rpartition(".")[2] == "init_scope" for name in names):
            return False
        given = (call, *call.args, *(keyword.value for keyword in call.keywords))
        found = found or any(frame.of(one).is_symbolic for one in given) or _is_next(call, frame)
    return found or any(
        isinstance(part, nodes.BinOp | nodes.Subscript) and frame.of(part).is_symbolic for part in _parts(body)
    )


def _advances(body: list[nodes.NodeNG], frame: Frame) -> bool:
    return any(_is_next(call, frame) for call in _calls(body))


def _is_next(call: nodes.Call, frame: Frame) -> bool:
    if last_name(call.func) == "next" and call.args:
        return frame.of(call.args[0]).kind is Kind.ITERATOR
    return last_name(call.func) == "get_next" and frame.of(call.func.expr).kind is Kind.ITERATOR


def _calls(body: list[nodes.NodeNG]) -> Iterator[nodes.Call]:
    return (part for part in _parts(body) if isinstance(part, nodes.Call))


def _parts(body: list[nodes.NodeNG]) -> Iterator[nodes.NodeNG]:
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, nodes.FunctionDef | nodes.Lambda | nodes.ClassDef):
            waiting.extend(node.get_children())


def _effect(node: nodes.NodeNG, name: str, problem: str) -> Effect:
    return effect(
        RULE,
        node,
        name,
        problem,
        confidence=Confidence.INFERENCE,
        once_is_fine=False,
        lifted_is_fine=True,
    )
