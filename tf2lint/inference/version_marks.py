"""Whether a condition can have to do with versions at all, by what is spelled where it comes from.

To compute a condition for every version is dear, and most conditions are about something else. This follows names to
where they are bound, looks at the spelling there, and says yes when in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.index import last_name, parts
from tf2lint.inference.values import Class, canonical

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_MARKS = frozenset(
    (
        "__version__ VERSION version version_info hasattr getattr dir vars __dict__ get_distribution enabled "
        "parse_version LooseVersion StrictVersion NumpyVersion Version import_module __import__ parse"
    ).split()
)


_NAMED = frozenset((nodes.Name, nodes.Attribute))
_SPELLED = frozenset((*_NAMED, nodes.Try))


def may_ask(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether a version may decide an expression: a search through all that its names may come from."""
    known: dict[nodes.NodeNG, bool] = ev.memo.once("may ask", dict, {})
    seen = {node}
    open_ = [node]
    while open_:
        current = open_.pop()
        answer = known.get(current)
        if answer is None:
            answer = _is_marked(ev, current)
        if answer:
            known[node] = True
            return True
        if known.get(current) is None:
            sources = [source for source in _sources(ev, current) if source not in seen]
            seen.update(sources)
            open_ += sources
    # Nothing on the way asks for a version: this holds for all that was passed.
    known.update(dict.fromkeys(seen, False))
    return False


def _is_marked(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression, a function or a statement that binds spells a mark, or stands where a `try` decides."""
    if isinstance(node, nodes.ImportFrom):
        return _tried(node) or any(real in _MARKS for real, _ in node.names) or _stars(ev, node)
    if isinstance(node, nodes.AssignName | nodes.AssignAttr | nodes.Import | nodes.ClassDef):
        return _tried(node.statement())
    if isinstance(node, nodes.FunctionDef) and _tried(node):
        return True
    for part in parts(node, _SPELLED):
        if isinstance(part, nodes.Try) or last_name(part) in _MARKS:
            return True
        if isinstance(part, nodes.Name) and part.name not in ("self", "cls"):
            scope, _ = bindings.found(part, part.name)
            if scope is None and bindings.from_wildcards(ev, part.root(), part.name):
                return True
    return False


def _sources(ev: Evaluator, node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """Where what an expression, a function or a binding holds comes from, and the conditions under which it does."""
    if isinstance(node, nodes.ImportFrom):
        yield from _imported(ev, node)
    elif isinstance(node, nodes.AssignName | nodes.AssignAttr):
        parent = node.parent
        while isinstance(parent, nodes.Tuple | nodes.List):
            parent = parent.parent
        if isinstance(parent, nodes.Assign | nodes.AnnAssign | nodes.NamedExpr) and parent.value is not None:
            yield parent.value
    elif not isinstance(node, nodes.Import | nodes.ClassDef):
        yield from _named(ev, node)
    above = node.statement().parent if isinstance(node, _BINDINGS) else None
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.ClassDef | nodes.Module):
        if isinstance(above, nodes.If):
            yield above.test
        above = above.parent


_BINDINGS = (nodes.AssignName, nodes.AssignAttr, nodes.Import, nodes.ImportFrom, nodes.ClassDef, nodes.FunctionDef)


def _named(ev: Evaluator, node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    for part in parts(node, _NAMED):
        if isinstance(part, nodes.Attribute):
            yield from _attribute(ev, part)
        elif part.name not in ("self", "cls"):
            yield from bindings.found(part, part.name)[1]


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
        dotted = next((real for real, alias in statement.names if (alias or real.split(".")[0]) == name), None)
        return ev.modules.load(dotted, statement.root()) if dotted and canonical(dotted) is None else None
    if isinstance(statement, nodes.ImportFrom):
        owner = ev.modules.absolute(statement)
        real = next((real for real, alias in statement.names if (alias or real) == name), name)
        if owner is not None and canonical(owner) is None:
            return ev.modules.load(f"{owner}.{real}", statement.root())
    return None
