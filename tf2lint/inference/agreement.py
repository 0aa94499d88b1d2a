"""Whether our trees are those of the astroid that is installed."""

from __future__ import annotations

import ast
import functools
from typing import Any

from astroid import nodes
from astroid.manager import AstroidManager
from astroid.rebuilder import TreeRebuilder

from tf2lint.inference.rebuilder import IndexingRebuilder

_PROGRAM = """
import a.b as c
from d import e
@c.f(1, *e, g=-2.0, **h)
async def i(j, k: l = "m", /, n=[], *o: p, q: "r" = None, s, **t: u) -> (v, w):
    global x
    x = y.z = c[i:0, ::j] = [k for _, k in n if not o or p and q] if r < s <= t else lambda u: {u, 1}
    for e in {v: w, **x}:
        del y, y.z[0]
        c.f += e @ j
    if k: assert l, m
    elif n: return
class C(c.D, metaclass=e):
    def f(self): pass
"""


@functools.cache
def agrees(manager: AstroidManager) -> bool:
    """Whether a program with all that is made here becomes what the astroid that is installed makes of it.

    One that makes its nodes in another way than those that are known must not give wrong trees, only slower ones.
    """
    program = ast.parse(_PROGRAM)  # Without docstrings, which astroid takes out.
    try:
        made = IndexingRebuilder(manager).visit_module(program, "", "", False)
        return not difference(made, TreeRebuilder(manager).visit_module(program, "", "", False))
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


def difference(one: Any, other: Any) -> str:
    """Where two trees are not equal, node for node, with all that their nodes hold; empty where they are."""
    met: dict[int, Any] = {}
    stack = [(one, other)]
    while stack:
        one, other = stack.pop()
        if type(one) is not type(other) or met.setdefault(id(one), other) is not other:
            return f"{one!r} stands for {other!r}"
        here, there = _held(one), _held(other)
        if here.keys() != there.keys() or (isinstance(one, dict) and list(one) != list(other)):
            return f"{one!r} has {list(here)}, not {list(there)}"
        for name, value in here.items():
            same = there[name]
            if value is same:
                continue
            if isinstance(value, _COMPOSED):
                if met.get(id(value)) is not same:
                    stack.append((value, same))
            elif type(value) is not type(same) or value != same:
                return f"{name} of {one!r} is {value!r}, not {same!r}"
    return ""


_COMPOSED = (nodes.NodeNG, list, tuple, dict)


def _held(one: Any) -> dict[Any, Any]:
    if isinstance(one, list | tuple):
        return dict(enumerate(one))
    return one if isinstance(one, dict) else vars(one)
