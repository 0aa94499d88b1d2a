"""Trees: astroid's nodes, and nothing else of astroid's builder.

That builder infers while it builds (`self.x = …`, wildcard imports, transforms), which is slow, fills caches that
pylint shares, and opens TensorFlow's source where it is installed. Here a tree depends on its text alone; what `self.x`
may be is collected by the evaluator.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import sys
import types
from collections.abc import Iterator

from astroid import nodes
from astroid.manager import AstroidManager
from astroid.rebuilder import TreeRebuilder

from tf2lint import source
from tf2lint.collector import collector_paused
from tf2lint.inference import light_builtins

_DEEP = 3_600
"""Calls inside each other that building a tree may take: 1,800 levels, 1,200 of `elif`. To walk it may take more."""


@dataclasses.dataclass(eq=False, slots=True)
class Tree:
    """A parsed module, its text, and its `from … import *` statements, which astroid's locals do not show here."""

    module: nodes.Module
    wildcards: tuple[nodes.ImportFrom, ...]
    text: str


def parse(text: str, name: str, path: str, *, package: bool) -> Tree:
    """The tree of a module.

    Raises what Python's own parser raises: SyntaxError, ValueError for NUL characters, RecursionError and MemoryError
    for what is nested too deeply.
    """
    with collector_paused(), _stack_of(_DEEP):
        rebuilder = TreeRebuilder(_manager())
        module = rebuilder.visit_module(source.syntax(text), name, path, package)
    wildcards = _bind_imports(rebuilder)
    if "global " in text:
        _bind_globals(module)
    return Tree(module, wildcards, text)


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


def _bind_globals(module: nodes.Module) -> None:
    """Enter what functions import under a `global` statement into the module, which astroid 3 does not do."""
    declared: dict[nodes.NodeNG, set[str]] = {}
    for statement in module.nodes_of_class(nodes.Global):
        declared.setdefault(statement.frame(), set()).update(statement.names)
    for frame, names in declared.items():
        for node in frame.nodes_of_class((nodes.Import, nodes.ImportFrom)):
            for name, alias in node.names:
                bound = alias or (name.split(".")[0] if isinstance(node, nodes.Import) else name)
                if bound in names and node not in module.locals.get(bound, ()):
                    _bind(module, bound, node)


def _bind(owner: nodes.NodeNG, name: str, node: nodes.NodeNG) -> None:
    owner.set_local(name, node)
    owner.scope().locals[name].sort(key=lambda local: local.fromlineno or 0)
