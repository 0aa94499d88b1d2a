"""Trees: astroid's nodes, and nothing else of astroid's builder.

That builder infers while it builds (`self.x = …`, wildcard imports, transforms), which is slow, fills caches that
pylint shares, and opens TensorFlow's source where it is installed. Here a tree depends on its text alone; what `self.x`
may be is collected by the evaluator.
"""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import functools
import sys
import types
from collections.abc import Iterator

from astroid import nodes
from astroid.manager import AstroidManager
from astroid.rebuilder import TreeRebuilder

from tf2lint import collector, source
from tf2lint.collector import collector_paused
from tf2lint.inference import light_builtins
from tf2lint.inference.agreement import agrees
from tf2lint.inference.index import Index, parts
from tf2lint.inference.rebuilder import IndexingRebuilder, Rebuilder

_LEVELS = 1_800
"""Calls inside each other that building a tree may take: one a level, two of `elif`. To walk it may take more."""

_IMPORTS = frozenset((nodes.Import, nodes.ImportFrom))


@dataclasses.dataclass(eq=False, slots=True)
class Tree:
    """A parsed module, its text, and its `from … import *` statements, which astroid's locals do not show here."""

    module: nodes.Module
    wildcards: tuple[nodes.ImportFrom, ...]
    text: str
    index: Index


def parse(text: str, name: str, path: str, *, package: bool, syntax: ast.Module | None = None) -> Tree:
    """The tree of a module. `syntax` is what Python's own parser makes of its text, where somebody has it already.

    Raises what Python's own parser raises: SyntaxError, ValueError for NUL characters, RecursionError and MemoryError
    for what is nested too deeply.
    """
    kind = _rebuilder(text)
    # astroid's own takes two calls a level.
    with collector_paused(), _stack_of(_LEVELS * (1 if issubclass(kind, Rebuilder) else 2)):
        rebuilder = kind(_manager())
        # astroid's own takes docstrings out of what it is given.
        whole = source.syntax(text, syntax if issubclass(kind, Rebuilder) else None)
        module = rebuilder.visit_module(whole, name, path, package)
    in_order = isinstance(rebuilder, IndexingRebuilder) and rebuilder.in_order
    index = rebuilder.index if in_order else Index.of(module)
    wildcards = _bind_imports(rebuilder)
    _bind_globals(index)
    collector.count(len(text))
    return Tree(module, wildcards, text, index)


def _rebuilder(text: str) -> type[TreeRebuilder]:
    if not agrees(_manager()):
        own: type[TreeRebuilder] = TreeRebuilder
    else:
        own = Rebuilder if ":=" in text else IndexingRebuilder
    return own


@contextlib.contextmanager
def _stack_of(calls: int) -> Iterator[None]:
    """So many calls inside each other are possible, however deep we are: the same texts are too deep everywhere."""
    limit, depth = sys.getrecursionlimit(), 0
    frame: types.FrameType | None = sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + calls)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def parse_expression(text: str) -> nodes.NodeNG:
    """The tree of one expression, such as an annotation that is a string. Raises SyntaxError."""
    body = parse(text.strip(), "annotation", "<annotation>", package=False).module.body
    if len(body) != 1 or not isinstance(body[0], nodes.Expr):
        raise SyntaxError(f"not an expression: {text}")
    value: nodes.NodeNG = body[0].value
    return value


@functools.cache
def _manager() -> AstroidManager:
    manager = AstroidManager()
    light_builtins.install(manager)
    return manager


def _bind_imports(rebuilder: TreeRebuilder) -> tuple[nodes.ImportFrom, ...]:
    """Enter the names of `from` imports into their scopes, which astroid leaves to its builder."""
    wildcards = []
    for found in rebuilder._import_from_nodes:
        node = found[0] if isinstance(found, tuple) else found  # astroid 4, astroid 3
        if any(name == "*" for name, _ in node.names):
            wildcards.append(node)
            continue
        for name, alias in node.names:
            _bind(node.parent, alias or name, node)
    return tuple(wildcards)


def _bind_globals(index: Index) -> None:
    """Enter what functions import under a `global` statement into the module, which astroid 3 does not do."""
    declared: dict[nodes.NodeNG, set[str]] = {}
    for statement in index.of_kind[nodes.Global]:
        declared.setdefault(statement.frame(), set()).update(statement.names)
    for frame, names in declared.items():
        for node in parts(frame, _IMPORTS):
            for name, alias in node.names:
                bound = alias or (name.split(".")[0] if isinstance(node, nodes.Import) else name)
                if bound in names and node not in frame.root().locals.get(bound, ()):
                    _bind(frame.root(), bound, node)


def _bind(owner: nodes.NodeNG, name: str, node: nodes.NodeNG) -> None:
    owner.set_local(name, node)
    bound = owner.scope().locals[name]
    if len(bound) > 1:
        bound.sort(key=lambda local: local.fromlineno or 0)
