"""Our trees are those of the astroid that is installed, node for node, and their index is that of a walk."""

from __future__ import annotations

import ast
import sys

import pytest
from astroid import nodes
from astroid.rebuilder import TreeRebuilder

from tests.corpus import parses, programs
from tf2lint.inference import agreement, build, rebuilder
from tf2lint.inference.index import Index

GRAMMAR = '''"""Doc."""
from __future__ import annotations
import a, b.c as d, e.f
from . import g
from ..h import i as j, k
from l import *

x: int
y: "str" = 1
(w.v): u[0] = 2
a = b = c.d = e[f] = g, h = [i, *j] = [*k, l.m] = (n, (o, *p.q)) = r
a += b; a.b -= c; a[b] *= d; a /= 1; a //= 1; a %= 1; a @= b; a &= 1; a |= 1; a ^= 1; a <<= 1; a >>= 1; a **= 2
1, -1, +1, ~1, not 1, 1.5, 2j, "s", u"s", b"s", r"\\s", "s" "t", ..., None, True, False, (), [], {}, {1}
a + b - c * d / e // f % g @ h ** i << j >> k & l | m ^ n
a and b or c and not d
a < b <= c > d >= e == f != g is h is not i in j not in k
a if b else c if d else e
lambda: 0, lambda a, b=c, /, d=e, *f, g, h=i, **j: k, lambda *, a: a
f(), f(a, *b, c=d, **e), f(*a, b, *c), f(a=1, *b), f(x for x in y), f(a)(b).c[d](e=f)(**g, h=i, **j)
a[0], a[b:c], a[::], a[b:c:d], a[b, ...], a[b:c, d], a[(b, c)], a[:, None, -1:], a[b][c][d]
[a for b in c], [a for b, c in d if e if f for g in h if i], {a for b in c}, {a: b for c in d}, (a for b in c)
[[a for a in b] for b in [c for c in d]], [a for a.b in c], [a for a[b] in c]
{a: b, **c, d.e: f(g), **{h: i, "j": [k]}, (l, m): n, o[p]: {q.r: s.t}}
f"{a}{b!r:>{c}} {d=} {e:{f.g}} t" "u", f"", f"{f'{a}'}"
del a, b.c, d[e], (f, [g]), h[i:j]
assert a
assert a.b(c), d.e(f)
pass
if a: pass
elif b: c
elif d.e: f.g
else: h
if a:
    pass
else:
    if b: c
for a in b: break
for a.b, (c[d], *e) in f.g(h):
    continue
else: i
while a.b: break
else: c
with a: b
with a as b, c.d(e) as (f, g), h as i.j, k as l[m]: n
with (a as b, c): d
try: a
except B.c: d
except (D, E) as e: f
except: raise
else: g.h
finally: i.j
raise a
raise a.b(c) from d.e

@a
@b.c(d, e=f)
def f(a: g.h, b: i = j.k, /, c: "l" = m[n], d=o, *e: p.q, f: r.s, g=t.u, h: v = w, **i: x.y) -> z.a:
    """Doc"""
    global gx, gy
    gx = gy.z = a
    import gx, gz
    from g import gy as gx, gy
    def gx(): global a; a = b; import a.b
    class gy: gx = gy
    for gx in [gx for gx in gy]: pass
    return
def f(a, b, *, c): "Doc"
def f(*a): "Doc"; return a.b
def f(**a): yield; yield a.b; x = yield; yield from b.c
def f(*, a: b) -> c: nonlocal_ = 1
def f(
    a,
    b=1,
    *c,
    **d
):
    e = 1
    def g(h: i.j = k.l):
        nonlocal e
        e = 2
        return lambda m=n.o: [p for p in e]
    return g
async def f(a: b.c = d.e) -> g.h:
    "Doc"
    async with a as b, c.d: await e.f
    async for a.b in c.d: await g
    else: [h async for i in j if await k]
    return await l, {m: n async for o in p}
class A: pass
class A(): "Doc"
@a.b
class A(B, c.D, *e):
    """Doc"""
    x: y.z = a.b
    def f(self): self.a, self.b.c, self.d[0] = self, self.e, 1; super().f(); self.g += 1; del self.h
    @property
    def g(self) -> int: """Doc"""
    @g.setter
    def g(self, x): ...
    class C(D.e): h = i.j
match a.b(c):
    case 0 | "s" | -1.5 | None: a
    case [a, B.c, *_]: b.c
    case {"a": b, **c} if d.e: f
    case A.B(a, b=C.d(e)) as f: g.h
    case (1 as x) | x: y
    case _: z
'''
KEYWORDS = """
class A(B.c, metaclass=D.e, f=g.h, **i.j):
    k = l.m
class A(b=c, *d): pass
@a
class A(metaclass=B): class_ = C.d
"""
WALRUS = """
if (a := b.c) and (d := e(f := g)): a
[h := i.j for i in k], {(a := b.c): (a := d.e), (f := g): h}, [x for x in y if (z := x)]
def f(a=(b := c.d), *e: (f := g.h), i: (j := k.l) = (b := m), **n) -> (b := o.p):
    global q
    assert (q := r.s), (q := t.u)
    while a := b.c: lambda d=(e := f): (g := h)
class A((B := c.d), metaclass=(B := E.f)): g = (h := i.j)
print(f"{(a := b):{c}}", a[b := c], {a := b, c})
"""
NEWER = {
    (3, 11): "try: a.b\nexcept* C.d as e: f.g\nexcept* (h, i): j\nx[*a, b.c]\ndef f(*args: *b.c): d",
    (3, 12): """
type A[B: (c.d, e), *F, **G] = h.i
type A = b.c
def f[T: a.b, *U, **V](w: x.y = z.a) -> T.b: c.d

class A[T: a.b](b.c): g.h

f'{a.b!r:{'c'}}{"d"}'
async def f[T](a: T): await b
""",
    (3, 13): "type A[B = c.d] = e\n\ndef f[T: a = b.c, *U = *d.e, **V = [f]](g): h\n\nclass A[T = b.c]: d.e",
    (3, 14): "x = t'a{b.c!r:{d.e}}{f}'\ntry: a\nexcept B.c, D: e",
}


def both(text: str) -> tuple[nodes.Module, nodes.Module, Index]:
    """Our tree, astroid's own, and our index."""
    manager = build._manager()
    expected = TreeRebuilder(manager).visit_module(ast.parse(text), "m", "m.py", True)
    made = build._rebuilder(text)(manager)
    tree = made.visit_module(ast.parse(text), "m", "m.py", True)
    in_order = isinstance(made, rebuilder.IndexingRebuilder) and made.in_order
    return tree, expected, made.index if in_order else Index.of(tree)


def compare(text: str) -> None:
    """A text becomes what astroid makes of it."""
    tree, expected, index = both(text)
    assert not agreement.difference(tree, expected)
    walked = Index.of(tree).of_kind
    assert {kind.__name__: index.of_kind[kind] == walked[kind] for kind in walked} == {
        kind.__name__: True for kind in walked
    }


def test_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """The astroid that is installed is one whose trees we make; one that makes others is left to make them."""
    assert agreement.agrees(build._manager())
    assert build._rebuilder("") is rebuilder.IndexingRebuilder
    made = nodes.Name.__init__

    def make(self: nodes.Name, *args: object, **keywords: object) -> None:
        made(self, *args, **keywords)
        self.more = 1

    monkeypatch.setattr(nodes.Name, "__init__", make)
    assert not agreement.agrees.__wrapped__(build._manager())
    monkeypatch.setattr(build, "agrees", lambda _: False)
    tree = build.parse("a = b + c.d", "m", "m.py", package=False)
    assert [name.more for name in tree.index.names] == [1, 1]


@pytest.mark.parametrize("text", [GRAMMAR, KEYWORDS, WALRUS], ids=["grammar", "keywords", "walrus"])
def test_grammar(text: str) -> None:
    """Whatever Python has."""
    compare(text)


@pytest.mark.parametrize("version", NEWER)
def test_newer_grammar(version: tuple[int, int]) -> None:
    """What newer Pythons have."""
    if sys.version_info < version:
        pytest.skip("this Python can not read it")
    for part in NEWER[version].split("\n\n"):
        compare(part)


def test_programs() -> None:
    """Programs of users."""
    for path in filter(parses, programs()):
        compare(path.read_text(encoding="utf-8"))
