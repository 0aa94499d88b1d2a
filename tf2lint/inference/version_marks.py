"""Whether a condition can have to do with versions at all, by what is spelled where it comes from.

To compute a condition for every version is dear, and most conditions are about something else. This follows names to
where they are bound, looks at the spelling there, and says yes when in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.values import Class, canonical

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_MARKS = frozenset(
    (
        "__version__ VERSION version version_info hasattr getattr dir vars __dict__ get_distribution enabled "
        "parse_version LooseVersion StrictVersion NumpyVersion Version import_module __import__ parse"
    ).split()
)


def may_ask(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether a version may decide an expression or, for a function, what it gives."""
    return ev.memo.once(("may ask", node), lambda: _may_ask(ev, node), False)


def _may_ask(ev: Evaluator, node: nodes.NodeNG) -> bool:
    for part in node.nodes_of_class((nodes.Name, nodes.Attribute, nodes.Try)):
        if isinstance(part, nodes.Try):
            return True
        spelled = part.attrname if isinstance(part, nodes.Attribute) else part.name
        if spelled in _MARKS:
            return True
        if isinstance(part, nodes.Attribute):
            if _attribute(ev, part):
                return True
        elif part.name not in ("self", "cls"):
            scope, statements = bindings.found(part, part.name)
            if _bound(ev, statements) or (scope is None and bindings.from_wildcards(ev, part.root(), part.name)):
                return True
    return False


def _attribute(ev: Evaluator, node: nodes.Attribute) -> bool:
    """A flag of a module, of a class, or of an instance of the class that the expression stands in."""
    if not isinstance(node.expr, nodes.Name):
        return False
    if node.expr.name in ("self", "cls"):
        above = node.parent
        while above is not None and not isinstance(above, nodes.ClassDef):
            above = above.parent
        return above is not None and _of_class(ev, above, node.attrname)
    _, statements = bindings.found(node.expr, node.expr.name)
    for statement in statements:
        if isinstance(statement, nodes.ClassDef) and _of_class(ev, statement, node.attrname):
            return True
        module = _module(ev, statement, node.expr.name)
        if module is not None and _bound(ev, module.locals.get(node.attrname, ())):
            return True
    return False


def _of_class(ev: Evaluator, cls: nodes.ClassDef, name: str) -> bool:
    owners = [cls, *(base.node for base in classes.bases(ev, cls) if isinstance(base, Class))]
    for owner in owners:
        if _bound(ev, owner.locals.get(name, ())):
            return True
        if _bound(ev, [assigned for assigned, _ in classes.assigned(ev, owner).get(name, ())]):
            return True
    return False


def _bound(ev: Evaluator, statements: Iterable[nodes.NodeNG]) -> bool:
    return any(
        ev.memo.once(("may ask, bound", statement), lambda s=statement: _statement(ev, s), False)  # type: ignore[misc]
        for statement in statements
    )


def _statement(ev: Evaluator, statement: nodes.NodeNG) -> bool:
    """Whether a version may decide what a statement binds, or whether it is reached at all."""
    if _guarded(ev, statement.statement()):
        return True
    if isinstance(statement, nodes.FunctionDef):
        return may_ask(ev, statement)
    if isinstance(statement, nodes.ImportFrom):
        return _imported(ev, statement)
    parent = statement.parent
    while isinstance(parent, nodes.Tuple | nodes.List):
        parent = parent.parent
    if isinstance(parent, nodes.Assign | nodes.AnnAssign | nodes.NamedExpr) and parent.value is not None:
        return may_ask(ev, parent.value)
    return False


def _guarded(ev: Evaluator, statement: nodes.NodeNG) -> bool:
    parent = statement.parent
    while parent is not None and not isinstance(parent, nodes.FunctionDef | nodes.ClassDef | nodes.Module):
        if isinstance(parent, nodes.Try | nodes.ExceptHandler):
            return True
        if isinstance(parent, nodes.If) and may_ask(ev, parent.test):
            return True
        parent = parent.parent
    return False


def _imported(ev: Evaluator, statement: nodes.ImportFrom) -> bool:
    """Whether an import binds a version itself, or a name of a project's module that a version decides there."""
    if any(real in _MARKS for real, _ in statement.names):
        return True
    owner = ev.modules.absolute(statement)
    if owner is None or canonical(owner) is not None:
        return False
    module = ev.modules.load(owner, statement.root())
    if module is None or module is statement.root():
        return False
    return any(real == "*" or _bound(ev, module.locals.get(real, ())) for real, _ in statement.names)


def _module(ev: Evaluator, statement: nodes.NodeNG, name: str) -> nodes.Module | None:
    """The module of the project that an import binds to a name."""
    if isinstance(statement, nodes.Import):
        dotted = next((real for real, alias in statement.names if (alias or real.split(".")[0]) == name), None)
        return ev.modules.load(dotted, statement.root()) if dotted and canonical(dotted) is None else None
    if isinstance(statement, nodes.ImportFrom):
        owner = ev.modules.absolute(statement)
        real = next((real for real, alias in statement.names if (alias or real) == name), name)
        if owner is not None and canonical(owner) is None:
            return ev.modules.load(f"{owner}.{real}", statement.root())
    return None
