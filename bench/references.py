"""Places of a module that name something of TensorFlow, found without tf2lint: the yardstick of side_by_side.

Only what plain imports and aliases bind is followed: `import tensorflow as tf`, `from tensorflow.x import y`, and
`layers = tf.layers`. A name that its scope binds in any other way as well is left out: what is found is certain.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
from collections.abc import Iterator

_PRIVATE = frozenset(("python", "core", "compiler", "tools", "tsl"))
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A dotted name of TensorFlow.

    The first `imported` parts are reached by importing; the first `aliased` stand for a variable that was assigned,
    such as the `layers` of `layers = tf.layers`.
    """

    dotted: str
    imported: int
    aliased: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """A name and the lines it is written on, 1-based, both included."""

    name: Name
    line: int
    end_line: int


def references(text: str) -> list[Reference]:
    """The references of a module: outermost attribute chains, and the names that imports ask for.

    Raises SyntaxError.
    """
    tree = ast.parse(text)
    found = [reference for reference in _Module(tree).references() if _public(reference.name.dotted)]
    return sorted(set(found), key=lambda reference: (reference.line, reference.name.dotted))


def _public(dotted: str) -> bool:
    parts = dotted.split(".")
    return parts[0] == "tensorflow" and len(parts) > 1 and parts[1] not in _PRIVATE and "*" not in parts


class _Module:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    def references(self) -> Iterator[Reference]:
        yield from self._scope(self._tree, [])

    def _scope(self, scope: ast.AST, outer: list[dict[str, Name | None]]) -> Iterator[Reference]:
        """What a scope and those within it refer to; `outer` are the bindings around it, innermost last."""
        scopes = [*outer, _bindings(scope, outer)]
        inherited = outer if isinstance(scope, ast.ClassDef) else scopes  # Methods do not see a class's names.
        for node in _own(scope):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from _asked(node)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                name = _resolve(node, scopes)
                if name is not None:
                    yield Reference(name, node.lineno, node.end_lineno or node.lineno)
            elif isinstance(node, _SCOPES):
                yield from self._scope(node, inherited)


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope, without those of the scopes within it and without the parts of attribute chains."""
    pending = list(_inner(scope))
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.Attribute):
            while isinstance(node, ast.Attribute):
                node = node.value
            pending.append(node)
        elif isinstance(node, _SCOPES):
            pending.extend(_outside(node))
        else:
            pending.extend(ast.iter_child_nodes(node))


def _inner(scope: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated in a scope."""
    if isinstance(scope, ast.Lambda):
        yield scope.body
    elif isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
        yield from scope.body


def _outside(node: ast.AST) -> Iterator[ast.AST]:
    """What a function or class evaluates in the scope around it: decorators, defaults, annotations, bases."""
    inner = set(map(id, _inner(node)))
    return (child for child in ast.iter_child_nodes(node) if id(child) not in inner)


def _bindings(scope: ast.AST, outer: list[dict[str, Name | None]]) -> dict[str, Name | None]:
    """What the names of a scope mean; None for what is not known."""
    found: dict[str, set[Name | None]] = collections.defaultdict(set)
    aliases: dict[str, ast.expr] = {}
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for argument in ast.walk(scope.args):
            if isinstance(argument, ast.arg):
                found[argument.arg].add(None)
    for node in _own(scope):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for bound, meant in _imported(node):
                found[bound].add(meant)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            target = node.targets[0].id
            if target in aliases or not isinstance(node.value, ast.Attribute):
                found[target].add(None)
            aliases[target] = node.value
        for name in _bound_otherwise(node):
            found[name].add(None)
    stored = collections.Counter(
        node.id for node in _own(scope) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    )
    bindings = {name: next(iter(values)) if len(values) == 1 else None for name, values in found.items()}
    for name, count in stored.items():
        alone = count == 1 and name in aliases and name not in found
        held = _resolve(aliases[name], [*outer, bindings]) if alone else None
        bindings[name] = dataclasses.replace(held, aliased=held.dotted.count(".") + 1) if held is not None else None
    return bindings


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Name | None]]:
    """The names that an import binds, and what they are of TensorFlow."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            dotted = alias.name if alias.asname else alias.name.partition(".")[0]
        else:
            dotted = f"{node.module}.{alias.name}" if not node.level else ""
        parts = dotted.split(".")
        yield (
            alias.asname or parts[0 if isinstance(node, ast.Import) else -1],
            (Name(dotted, len(parts)) if parts[0] == "tensorflow" else None),
        )


def _bound_otherwise(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler):
        if node.name:
            yield node.name
    elif isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names


def _asked(node: ast.Import | ast.ImportFrom) -> Iterator[Reference]:
    """The names of TensorFlow that an import statement asks for."""
    for alias in node.names:
        base = "" if isinstance(node, ast.Import) else f"{node.module}." if not node.level else "."
        dotted = base + alias.name
        if dotted.startswith("tensorflow."):
            yield Reference(Name(dotted, dotted.count(".") + 1), alias.lineno, alias.end_lineno or alias.lineno)


def _resolve(node: ast.expr, scopes: list[dict[str, Name | None]]) -> Name | None:
    """The name of TensorFlow that a chain of attributes denotes."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    for bindings in reversed(scopes):
        if node.id in bindings:
            base = bindings[node.id]
            if base is None:
                return None
            return dataclasses.replace(base, dotted=".".join([base.dotted, *reversed(attributes)]))
    return None
