"""Trees: astroid's nodes, and nothing else of astroid's builder.

That builder infers while it builds (`self.x = …`, wildcard imports, transforms), which is slow, fills caches that
pylint shares, and opens TensorFlow's source where it is installed. Here a tree depends on its text alone; what `self.x`
may be is collected by the evaluator.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import gc
import warnings

from astroid import nodes
from astroid.builder import AstroidBuilder
from astroid.manager import AstroidManager
from astroid.rebuilder import TreeRebuilder


@dataclasses.dataclass(eq=False, slots=True)
class Tree:
    """A parsed module, and its `from … import *` statements, which astroid's locals do not show here."""

    module: nodes.Module
    wildcards: tuple[nodes.ImportFrom, ...]


def parse(text: str, name: str, path: str, *, package: bool) -> Tree:
    """The tree of a module.

    Raises what Python's own parser raises: SyntaxError, ValueError for NUL characters, RecursionError and MemoryError
    for what is nested too deeply.
    """
    collecting = gc.isenabled()
    gc.disable()  # Nodes only accumulate while a tree is built: looking for garbage takes half of the time.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # An invalid escape in the code under lint is not ours to report.
            syntax = ast.parse(text)
        rebuilder = TreeRebuilder(_bootstrapped())
        module = rebuilder.visit_module(syntax, name, path, package)
    finally:
        if collecting:
            gc.enable()
    return Tree(module, _bind_imports(module, rebuilder))


def parse_expression(text: str) -> nodes.NodeNG:
    """The tree of one expression, such as an annotation that is a string. Raises SyntaxError."""
    body = parse(text.strip(), "annotation", "<annotation>", package=False).module.body
    if len(body) != 1 or not isinstance(body[0], nodes.Expr):
        raise SyntaxError(f"not an expression: {text}")
    value: nodes.NodeNG = body[0].value
    return value


@functools.cache
def _bootstrapped() -> AstroidManager:
    manager = AstroidManager()
    AstroidBuilder(manager, apply_transforms=False)  # Builds the tree of `builtins`, which look-ups end in.
    return manager


def _bind_imports(module: nodes.Module, rebuilder: TreeRebuilder) -> tuple[nodes.ImportFrom, ...]:
    """Enter the names of `from` imports into their scopes, which astroid leaves to its builder."""
    wildcards = []
    for found in rebuilder._import_from_nodes:
        node, global_names = found if isinstance(found, tuple) else (found, frozenset())  # astroid 4, astroid 3
        if node.modname == "__future__":
            module.future_imports.update(name for name, _ in node.names)
        if any(name == "*" for name, _ in node.names):
            wildcards.append(node)
            continue
        for name, alias in node.names:
            bound = alias or name
            owner = module if bound in global_names else node.parent
            owner.set_local(bound, node)
            owner.scope().locals[bound].sort(key=lambda local: local.fromlineno or 0)
    return tuple(wildcards)
