"""Exceptions that tracing itself raises: `raise` where a tensor decides, `assert` on a tensor.

https://www.tensorflow.org/guide/function#conditionals
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.inference.index import index_of
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control

RULE = Rule(
    code="TF610",
    pylint_id="E6877",
    symbol="tf-raise-in-function",
    summary="A raise under a condition on a tensor, or an assert on one, in traced code: tracing itself fails.",
    message="{name} {problem}: {hint}.",
    hint="use tf.debugging.Assert or one of tf.debugging.assert_*",
    url="https://www.tensorflow.org/guide/function#conditionals",
    severity=Severity.BREAKS,
    since="2.0",
)

_BY_TENSOR = (Control.TENSOR, Control.DATASET)
_HANDED_ON = frozenset("tf.cond tf.case tf.switch_case tf.while_loop".split())
_LEAVING = (nodes.Return, nodes.Raise, nodes.Break, nodes.Continue)


@on_traced(RULE, nodes.Raise)
def raised(node: nodes.Raise, frame: Frame) -> Iterator[Effect]:
    """`if x < 0: raise ValueError`."""
    # What is not implemented is to be overridden, by a class that the program does not show.
    abstract = node.exc is not None and "NotImplemented" in node.exc.as_string()
    if not abstract and _is_always_reached(node, frame):
        yield _told(node, "raise", "is executed by tracing itself, whatever the condition on the tensor gives")


@on_traced(RULE, nodes.Assert)
def asserted(node: nodes.Assert, frame: Frame) -> Iterator[Effect]:
    """`assert x > 0`."""
    if isinstance(node.test, nodes.Const) and not node.test.value:
        if _is_always_reached(node, frame):
            problem = "is executed by tracing itself, whatever the condition on the tensor gives"
            yield _told(node, "assert", problem)
        return
    if frame.of(node.test).is_symbolic and not _converts_asserts(frame):
        problem = "takes the truth of a tensor, which has none while it is traced (OperatorNotAllowedInGraphError)"
        yield _told(node.test, "assert", problem)


def _told(node: nodes.NodeNG, name: str, problem: str) -> Effect:
    return effect(
        RULE,
        node,
        name=name,
        problem=problem,
        confidence=Confidence.INFERENCE,
        once_is_fine=False,
        lifted_is_fine=True,
    )


def _converts_asserts(frame: Frame) -> bool:
    """Whether somebody asks AutoGraph to convert asserts, which it does not do unless it is asked."""
    if frame.traced.converted is False:
        return False
    root = frame.traced.root
    modules = {root.function.root(), *([root.at.root()] if root.at is not None else [])}
    calls = (call for module in modules for call in index_of(frame.ev, module).calls)
    return any(keyword.arg == "experimental_autograph_options" for call in calls for keyword in call.keywords)


def _is_always_reached(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether tracing comes to a node by a branch on a tensor, with nothing else in between to decide."""
    child = node
    for statement, part in frame.around(node):
        if not _comes_first(child, statement):
            return False
        if isinstance(statement, nodes.With):
            child = statement
            continue
        if isinstance(statement, nodes.If | nodes.For | nodes.While) and frame.control(statement) in _BY_TENSOR:
            return part in ("body", "orelse") and frame.converted is True and not _is_caught(statement, frame)
        return False
    if frame.converted is True and _after_a_return(child, frame):
        return not _is_caught(child, frame)
    if not _comes_first(child, frame.function):
        return False
    at, caller = frame.traced.at, frame.caller
    if caller is None or at is None:
        return False
    if isinstance(at, nodes.Call) and _HANDED_ON & caller.names(at.func) and _by_tensor(at, caller):
        return not _is_caught(at, caller)
    return _runs_with(at, caller) and _is_always_reached(at, caller)


def _by_tensor(call: nodes.Call, caller: Frame) -> bool:
    """Whether a tensor chooses among the functions of a call; only `tf.cond` takes a Python value as well."""
    condition = caller.argument(call, 0, "pred")
    return "tf.cond" not in caller.names(call.func) or caller.of(condition).kind is Kind.TENSOR


def _comes_first(child: nodes.NodeNG, above: nodes.NodeNG) -> bool:
    """Whether no statement before a node, in its own block, may leave the block."""
    for part in ("body", "orelse", "finalbody"):
        block = getattr(above, part, None)
        if isinstance(block, list):
            for statement in block:
                if statement is child or statement.parent_of(child):
                    return True
                if any(True for _ in statement.nodes_of_class(_LEAVING, skip_klass=(nodes.FunctionDef, nodes.Lambda))):
                    return False
    return True


def _after_a_return(child: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a node stands behind an `if` on a tensor that returns, and so in its `else`."""
    found = False
    for statement in frame.function.body if isinstance(frame.function.body, list) else []:
        if statement is child or statement.parent_of(child):
            return found
        leaves = any(True for _ in statement.nodes_of_class(_LEAVING, skip_klass=(nodes.FunctionDef, nodes.Lambda)))
        if leaves and not (isinstance(statement, nodes.If) and frame.control(statement) in _BY_TENSOR):
            return False
        found = found or leaves
    return False


def _runs_with(at: nodes.NodeNG, caller: Frame) -> bool:
    """Whether a call is made whenever its statement runs."""
    above = at.parent
    while above is not None and not above.is_statement and above is not caller.function:
        if isinstance(above, nodes.IfExp | nodes.BoolOp | nodes.Lambda | nodes.Comprehension):
            return False
        above = above.parent
    return True


def _is_caught(node: nodes.NodeNG, frame: Frame) -> bool:
    inner: nodes.NodeNG | None = node
    above: Frame | None = frame
    while above is not None and inner is not None:
        if any(isinstance(s, nodes.Try) and part == "body" and s.handlers for s, part in above.around(inner)):
            return True
        inner, above = above.traced.at, above.caller
    return False
