"""Where Python code in a trace is meant to run while tracing: what errors say, what sets up, what announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference.blocks import blocks_of
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Const
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.run import Control
from tf2lint.tracing.scopes import is_outer

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator
    from tf2lint.tracing.frames import Frame

_SETUP = frozenset("__init__ __post_init__ __new__ __init_subclass__ build".split())
"""Methods that run once for each object, whoever calls them."""
_FLAG = re.compile(r"debug|verbos|trac(e|ing)|log_?level|dry_?run", re.IGNORECASE)
_STATIC = frozenset("shape dtype name rank ndim op graph device".split())
_STATIC_METHODS = frozenset("get_shape as_list compute_output_shape".split())
_ENDS = frozenset(("exit", "_exit", "fail", "abort"))


def is_setup(frame: Frame) -> bool:
    """Whether a function sets an object up, or is called by a method that does."""
    return any(getattr(step.function, "name", "") in _SETUP for step in frame.traced.chain)


def tells_of_error(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether a node lies in an exception handler, or in a block that raises: what it says belongs to that."""
    for child, above in _around(node):
        if isinstance(above, nodes.ExceptHandler):
            return True
        raising, count = blocks_of(ev, above).before(child, _raises)
        if any(statement is not child for statement in raising[count : count + 2]):
            return True
    return False


def counts(node: nodes.NodeNG) -> bool:
    """Whether a node lies under a condition on a count, `if self.n % 10 == 0`, which is no guard for good."""
    tests = (above.test for child, above in _around(node) if isinstance(above, nodes.If) and child is not above.test)
    return any(_asks_for_count(part) for test in tests for part in _parts(test))


def _asks_for_count(node: nodes.NodeNG) -> bool:
    if isinstance(node, nodes.Compare) and node.ops[0][0] in ("<", "<=", ">", ">="):
        return not isinstance(node.left, nodes.Call)  # `len(self.seen) < 1`
    return isinstance(node, nodes.BinOp) and node.op == "%"


def is_flagged(node: nodes.NodeNG) -> bool:
    """Whether a node lies under a switch for those who look for errors: `if self.verbose:`."""
    for child, above in _around(node):
        if isinstance(above, nodes.If) and child is not above.test:
            spelled = (last_name(part) for part in _parts(above.test))
            if any(_FLAG.search(name) for name in spelled):
                return True
    return False


def is_about_tracing(frame: Frame, call: nodes.Call) -> bool:
    """Whether a print shows what only tracing knows, static shapes and the like, or stands under a switch.

    Not so in a branch or loop that became a part of the graph: there it reads as if it ran in some calls.
    """
    if depends_on_tensor(frame, call):
        return False
    values = list(shown(call))
    if any(is_symbolic(frame, value) for value in values):
        return False
    if any(is_static(value) for value in values):
        return True
    return is_flagged(call) and not any(frame.of(value).may_be_tensor and not is_outer(value) for value in values)


def depends_on_tensor(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether a node lies in a branch or loop of its function that became a part of the graph."""
    return any(
        frame.control(statement) in (Control.TENSOR, Control.DATASET) and part in ("body", "orelse")
        for statement, part in frame.around(node)
    )


def is_symbolic(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether an expression that is shown surely has no value while tracing."""
    if is_static(node):
        return False
    if isinstance(node, nodes.Call) and last_name(node.func) in ("str", "repr", "format") and node.args:
        return is_symbolic(frame, node.args[0])
    known = frame.of(node)
    return known.is_symbolic or known.kind is Kind.NEST or any(item.is_symbolic for item in known.items or ())


def is_conditional(node: nodes.NodeNG) -> bool:
    """Whether a node lies under any `if`, or in any loop."""
    return any(
        isinstance(above, nodes.For) or (isinstance(above, nodes.If | nodes.While) and child is not above.test)
        for child, above in _around(node)
    )


def is_static(node: nodes.NodeNG) -> bool:
    """Whether an expression asks for what is known of a tensor while tracing: its shape, its dtype, its name."""
    if isinstance(node, nodes.Attribute):
        return node.attrname in _STATIC or is_static(node.expr)
    if isinstance(node, nodes.Call):
        func = last_name(node.func)
        if func in _STATIC_METHODS:
            return True
        if func in ("len", "type", "id", "list", "tuple", "str", "repr"):
            return func in ("len", "type", "id") or any(is_static(argument) for argument in node.args)
        return isinstance(node.func, nodes.Attribute) and is_static(node.func.expr)
    if isinstance(node, nodes.Subscript):
        return is_static(node.value)
    if isinstance(node, nodes.FormattedValue):
        return is_static(node.value)
    return False


def shown(call: nodes.Call) -> Iterator[nodes.NodeNG]:
    """The expressions whose values a print or a log message shows, its own text taken apart."""
    waiting = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg in (None, "msg"))]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, nodes.JoinedStr):
            waiting[:0] = [value.value for value in node.values if isinstance(value, nodes.FormattedValue)]
        elif isinstance(node, nodes.BinOp) and _is_text(node):
            waiting[:0] = [node.left, node.right]
        elif isinstance(node, nodes.Call) and isinstance(node.func, nodes.Attribute) and node.func.attrname == "format":
            waiting[:0] = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, nodes.Tuple | nodes.List | nodes.Set):
            waiting[:0] = node.elts
        elif isinstance(node, nodes.Dict):
            waiting[:0] = [value for _, value in node.items]
        elif isinstance(node, nodes.Starred):
            waiting.insert(0, node.value)
        elif not isinstance(node, nodes.Const):
            yield node


def _is_text(node: nodes.BinOp) -> bool:
    """Whether an operator puts text together: `"x: %s" % x`, `"x: " + str(x)`."""
    if node.op not in ("%", "+"):
        return False
    left = node.left
    if isinstance(left, nodes.BinOp):
        return _is_text(left)
    return isinstance(left, nodes.JoinedStr) or (isinstance(left, nodes.Const) and isinstance(left.value, str))


def _parts(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    yield node
    for child in node.get_children():
        yield from _parts(child)


def _around(node: nodes.NodeNG) -> Iterator[tuple[nodes.NodeNG, nodes.NodeNG]]:
    """What is around a node up to its function, innermost first, each with the child in which the node lies."""
    child, above = node, node.parent
    while above is not None and not isinstance(child, nodes.FunctionDef | nodes.Lambda | nodes.ClassDef):
        yield child, above
        child, above = above, above.parent


def _raises(statement: nodes.NodeNG) -> bool:
    if isinstance(statement, nodes.Expr) and isinstance(statement.value, nodes.Call):
        return last_name(statement.value.func) in _ENDS
    return isinstance(statement, nodes.Raise)


def text(ev: Evaluator, call: nodes.Call) -> str:
    """What a print or a log message says in words of its own, as far as that is written out."""
    said: list[str] = []
    waiting = [*call.args, *(keyword.value for keyword in call.keywords)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, nodes.Name | nodes.Attribute):
            said += [v.value for v in ev.value_of(node) if isinstance(v, Const) and isinstance(v.value, str)]
        elif isinstance(node, nodes.Const):
            said.append(str(node.value))
        else:
            waiting[:0] = list(node.get_children())
    return " ".join(said)
