"""Which bindings of a name a place sees: what astroid says, whoever asks first."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Callable

import pytest
from astroid import nodes

from tf2lint.inference import build, scoping

PROGRAM = """
import os, sys
x = 1
if os:
    x = 2
    y = x
    if sys:
        x, z = 3, x
    elif y:
        y = [x for x in range(x)]
    else:
        del x
    print(x, y, z)
else:
    x = x
for x in range(x):
    y = x
    while (y := y + x) < 9: x += y
try:
    x = 4
    z = x
except ValueError as y:
    x = y
except TypeError as z:
    print(x, y, z)
else:
    y = z
finally:
    print(x, y, z)


def f(x, y=x, *z):
    global g
    g = x
    with x as y, y as x:
        x = y
        if (z := x) and (y or z):
            x = lambda y=y: x(y, z)
    for y in x:
        if y: break
        x = y
    else:
        y = x

    class C:
        x = x
        y = [x for z in y]

        def m(self):
            nonlocal x
            x = y
            return x, z

    match x:
        case [y, *z]: x = z
        case y: print(x, y)
    return x, y, z, g


def g(): return g, x, y
def h(g):
    if g: w = 1
    else: print(w)
x = g; y = x; x = y
print(x, y, g)
"""


def _modules() -> list[str]:
    programs = pathlib.Path(__file__).parents[1] / "programs"
    texts = (path.read_text(encoding="utf-8") for path in sorted(programs.glob("*.py")) if "python2" not in path.name)
    return [PROGRAM, PROGRAM * 3, *texts]


@pytest.mark.parametrize("seed", range(4))
def test_as_astroid(seed: int) -> None:
    """In any order, and where the same text comes again and again."""
    told = 0
    for text in _modules():
        tree = build.parse(text, "module", "module.py", package=False).module
        places = list(tree.nodes_of_class((nodes.Name, nodes.AssignName, nodes.DelName)))
        random.Random(seed).shuffle(places)
        for place in places:
            seen = scoping.seen_from(place, place.name)
            if seen is not None:
                scope, statements = place.lookup(place.name)
                assert seen == (scope, list(statements)), f"{place.name} in line {place.lineno}"
                told += 1
    assert told > 200


@pytest.mark.parametrize("ask", [scoping.at_once, scoping.latest], ids=["at once", "latest"])
def test_the_short_ways(ask: Callable[..., tuple[nodes.NodeNG | None, list[nodes.NodeNG]] | None]) -> None:
    """What is told without a look at all bindings is the same; a name that nothing binds has no scope."""
    told = 0
    for text in _modules():
        tree = build.parse(text, "module", "module.py", package=False).module
        for place in tree.nodes_of_class(nodes.Name):
            seen = ask(place, place.name)
            if seen is not None:
                scope, statements = place.lookup(place.name)
                bound = scope if place.name in scope.locals and getattr(scope, "name", "") != "builtins" else None
                assert seen == (bound, list(statements) if bound else []), f"{place.name} in line {place.lineno}"
                told += 1
    assert told > 200
