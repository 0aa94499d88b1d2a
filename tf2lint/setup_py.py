"""What a setup.py asks for, as far as it is written there plainly; it is not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping


def requirements(text: str, optional: bool) -> Iterator[str]:
    """What it asks for, as pip writes it; `optional` asks for what is only asked for on request."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    bound: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    bound.setdefault(target.id, []).append(node.value)
    wanted = "extras_require" if optional else "install_requires"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for keyword in node.keywords if name == "setup" else ():
                if keyword.arg == wanted:
                    yield from _literals(keyword.value, bound, 5)


def _literals(node: ast.expr, bound: Mapping[str, list[ast.expr]], depth: int) -> Iterator[str]:
    """The strings written in a list, in what a name is bound to, in a sum of lists, in the values of a dictionary."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from node.value.splitlines()
        return
    inner: list[ast.expr] = []
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        inner = node.elts
    elif isinstance(node, ast.Dict):
        inner = node.values
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        inner = [node.left, node.right] if not _is_text(node.left) else []
    elif isinstance(node, ast.Name) and len(bound.get(node.id, ())) == 1:
        inner = bound[node.id]
    for one in inner if depth else ():
        yield from _literals(one, bound, depth - 1)


def _is_text(node: ast.expr) -> bool:
    """Whether it is a string of which something else is made: a requirement cut in the middle says too much."""
    return isinstance(node, ast.Constant | ast.JoinedStr)
