"""Whether a condition can have to do with versions at all, by what is spelled where it comes from.

To compute a condition for every version is dear, and most conditions are about something else. This follows names to
where they are bound, looks at the spelling there, and says yes when in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.index import FUNCTIONS, last_name, parts
from tf2lint.inference.values import Class, canonical

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_MARKS = frozenset(
    (
        "__version__ VERSION version version_info hasattr getattr dir vars __dict__ get_distribution enabled "
        "parse_version LooseVersion StrictVersion NumpyVersion Version import_module __import__ parse"
    ).split()
)


_SPELLED = frozenset((nodes.Name, nodes.Attribute, nodes.Try))
_IMPORTS = frozenset((nodes.Import, nodes.ImportFrom))


def may_ask(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether a version may decide an expression: a search through all that its names may come from."""
    known: dict[nodes.NodeNG, bool] = ev.memo.once("may ask", dict, {})
    seen = {node}
    open_ = [node]
    while open_:
        current = open_.pop()
        answer = known.get(current)
        if answer is None:
            sources = _sources(ev, current)
            answer = sources is None
            new = [source for source in sources or () if source not in seen]
            seen.update(new)
            open_ += new
        if answer:
            known[node] = True
            return True
    # Nothing on the way asks for a version: this holds for all that was passed.
    known.update(dict.fromkeys(seen, False))
    return False


def _sources(ev: Evaluator, node: nodes.NodeNG) -> list[nodes.NodeNG] | None:
    """Where what an expression, a function or a binding holds comes from, and the conditions under which it does.

    None if it spells a mark itself, or stands where a `try` decides.
    """
    found: list[nodes.NodeNG] = []
    if isinstance(node, nodes.ImportFrom):
        if _tried(node) or any(real in _MARKS for real, _ in node.names) or _stars(ev, node):
            return None
        found += _imported(ev, node)
    elif isinstance(node, nodes.AssignName | nodes.AssignAttr | nodes.Import | nodes.ClassDef):
        if _tried(node.statement()):
            return None
        found += _assigned(node)
    elif (isinstance(node, nodes.FunctionDef) and _tried(node)) or not _gathered(ev, node, found):
        return None
    above = node.statement().parent if isinstance(node, _BINDINGS) else None
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.ClassDef | nodes.Module):
        if isinstance(above, nodes.If):
            found.append(above.test)
        above = above.parent
    return found


def _assigned(node: nodes.NodeNG) -> list[nodes.NodeNG]:
    """The expression of an assignment to a name or attribute, also where several are unpacked from it."""
    parent = node.parent
    while isinstance(parent, nodes.Tuple | nodes.List):
        parent = parent.parent
    assigns = isinstance(node, nodes.AssignName | nodes.AssignAttr) and isinstance(parent, _ASSIGNMENTS)
    return [parent.value] if assigns and parent.value is not None else []


def _gathered(ev: Evaluator, node: nodes.NodeNG, found: list[nodes.NodeNG]) -> bool:
    """Collect what the names in an expression or function come from; False where it spells a mark."""
    seen: set[tuple[nodes.NodeNG, str]] = set()
    for part in parts(node, _SPELLED):
        kind = type(part)
        if kind is nodes.Try or last_name(part) in _MARKS:
            return False
        if kind is nodes.Attribute:
            found += _attribute(ev, part)
            continue
        name, scope = part.name, part.scope()
        if name in ("self", "cls") or (scope, name) in seen:
            continue
        seen.add((scope, name))
        bound = _bound_inside(node, scope, name)
        if bound is None:
            owner, bound = bindings.found(part, name)
            if owner is None and bindings.from_wildcards(ev, part.root(), name):
                return False
        found += bound
    return True


def _bound_inside(node: nodes.NodeNG, scope: nodes.NodeNG, name: str) -> list[nodes.NodeNG] | None:
    """What a name comes from that is a parameter, or that the function binds which is looked at: imports at most.

    All else that the function binds it to stands in the function. None for names from elsewhere.
    """
    bound = scope.locals.get(name)
    if bound is None or type(scope) not in FUNCTIONS:
        return None
    if type(node) in FUNCTIONS:
        return [one for one in bound if type(one) in _IMPORTS]
    return [] if all(type(one.parent) is nodes.Arguments for one in bound) else None


_ASSIGNMENTS = (nodes.Assign, nodes.AnnAssign, nodes.NamedExpr)
_BINDINGS = (nodes.AssignName, nodes.AssignAttr, nodes.Import, nodes.ImportFrom, nodes.ClassDef, nodes.FunctionDef)


def _attribute(ev: Evaluator, node: nodes.Attribute) -> Iterator[nodes.NodeNG]:
    """A flag of a module, of a class, or of an instance of the class that the expression stands in."""
    if not isinstance(node.expr, nodes.Name):
        return
    if node.expr.name in ("self", "cls"):
        above = node.parent
        while above is not None and not isinstance(above, nodes.ClassDef):
            above = above.parent
        if above is not None:
            yield from _of_class(ev, above, node.attrname)
        return
    for statement in bindings.found(node.expr, node.expr.name)[1]:
        if isinstance(statement, nodes.ClassDef):
            yield from _of_class(ev, statement, node.attrname)
        module = _module(ev, statement, node.expr.name)
        if module is not None:
            yield from module.locals.get(node.attrname, ())


def _of_class(ev: Evaluator, cls: nodes.ClassDef, name: str) -> Iterator[nodes.NodeNG]:
    for owner in (cls, *(base.node for base in classes.bases(ev, cls) if isinstance(base, Class))):
        yield from owner.locals.get(name, ())
        for assigned, _ in classes.assigned(ev, owner).get(name, ()):
            yield assigned


def _tried(statement: nodes.NodeNG) -> bool:
    parent = statement.parent
    while parent is not None and not isinstance(parent, nodes.FunctionDef | nodes.ClassDef | nodes.Module):
        if isinstance(parent, nodes.Try | nodes.ExceptHandler):
            return True
        parent = parent.parent
    return False


def _stars(ev: Evaluator, statement: nodes.ImportFrom) -> bool:
    return any(real == "*" for real, _ in statement.names) and _project_module(ev, statement) is not None


def _imported(ev: Evaluator, statement: nodes.ImportFrom) -> Iterable[nodes.NodeNG]:
    """What the names of an import are bound to in the project's module that they come from."""
    module = _project_module(ev, statement)
    if module is not None:
        for real, _ in statement.names:
            yield from module.locals.get(real, ())


def _project_module(ev: Evaluator, statement: nodes.ImportFrom) -> nodes.Module | None:
    owner = ev.modules.absolute(statement)
    if owner is None or canonical(owner) is not None:
        return None
    module = ev.modules.load(owner, statement.root())
    return None if module is statement.root() else module


def _module(ev: Evaluator, statement: nodes.NodeNG, name: str) -> nodes.Module | None:
    """The module of the project that an import binds to a name."""
    if isinstance(statement, nodes.Import):
        dotted = next((statement.names[index][0] for index in bindings.items_bound(ev, statement, name)), None)
        return ev.modules.load(dotted, statement.root()) if dotted and canonical(dotted) is None else None
    if isinstance(statement, nodes.ImportFrom):
        owner = ev.modules.absolute(statement)
        real = bindings.imported_name(ev, statement, name)
        if owner is not None and canonical(owner) is None:
            return ev.modules.load(f"{owner}.{real}", statement.root())
    return None
