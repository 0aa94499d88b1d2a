"""The maintainers' tools, on a little source of their own."""

from __future__ import annotations

import ast
import pathlib
import textwrap
import zlib

from tf2lint.api import axes, data
from tools import changing, encode, merge, signatures
from tools.facts import ClassFact, Edition, Fact, MemberFact, Notice
from tools.source import Function, Sort, Sources


def sources(folder: pathlib.Path, **files: str) -> Sources:
    """A folder with modules: `a__b` is `a/b.py`."""
    for name, text in files.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        for parent in path.relative_to(folder).parents:
            (folder / parent / "__init__.py").touch()
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return Sources([folder])


def test_chasing(tmp_path: pathlib.Path) -> None:
    found = sources(
        tmp_path,
        api="from p.impl import f as public, g, K; from p.impl import *",
        p__impl="""
            try:
                import fast
            except ImportError:
                fast = None
            def f(a, b=None, *, c): ...
            def export(name): return lambda x: x
            def _make(n):
                def inner(x, y=1): ...
                return inner
            g = export("g")(f)
            made = _make(3)
            class Base:
                def m(self, a): ...
            class K(Base): ...
            value = 3
        """,
    )
    resolved = found.resolve("api", "public")
    assert resolved.sort is Sort.FUNCTION
    assert isinstance(resolved.node, Function)
    assert signatures.spell(resolved.node) == "a,b=None,*,c"
    assert found.resolve("api", "g").node is resolved.node
    made = found.resolve("api", "made").node
    assert isinstance(made, Function)
    assert signatures.spell(made) == "x,y=1"
    assert found.resolve("api", "K").sort is Sort.CLASS
    assert found.class_attribute(found.resolve("api", "K"), "m") is not None
    assert found.resolve("api", "value").sort is Sort.VALUE
    assert found.resolve("api", "fast").sort is Sort.OUTSIDE
    assert found.resolve("api", "nothing").sort is Sort.MISSING
    assert found.resolve("p", "impl").sort is Sort.MODULE


def test_signatures_are_spelt() -> None:
    def spell(text: str, bound: bool = False) -> str:
        function = ast.parse(text).body[0]
        assert isinstance(function, Function)
        return signatures.spell(function, bound=bound)

    assert spell("def f(): ...") == ""
    assert spell("def f(self, x, y=-1, *a, k='v', **kw): ...", bound=True) == "x,y=-1,*a,k='v',**kw"
    assert spell("def f(a, /, b=(1, 2)): ...") == "a,/,b="
    assert spell("def f(self, a, /): ...", bound=True) == "a,/"


def editions() -> dict[str, Edition]:
    """Two editions of a TensorFlow that has a class, its heir, and a function that changes."""
    first, second = Edition("1.15"), Edition("2.21")
    for edition in (first, second):
        edition.facts["tf"] = Fact("m", True, True)
        edition.classes["a:Base"] = ClassFact("x", False, ("a:Base",), {"run": MemberFact("f", "a")})
        members = {"run": MemberFact("f", "a"), "stop": MemberFact("f", "")}
        edition.classes["a:Heir"] = ClassFact("x,y=", False, ("a:Heir", "a:Base"), members)
        edition.facts["tf.Base"] = Fact("c", True, True, cls="a:Base", signature="x")
        edition.facts["tf.Heir"] = Fact("c", True, True, cls="a:Heir", signature="x,y=")
    first.facts["tf.f"] = Fact("f", True, True, signature="a,b", notice=Notice(("tf.g",)))
    second.facts["tf.f"] = Fact("f", True, False, signature="")
    return {"1.15": first, "2.21": second}


def test_encoding_is_reproducible_and_reads_back() -> None:
    renames: dict[str, dict[str, list[str]]] = {"tf.f": {"c": [], "b": ["x", "y"]}}
    texts = encode.encode(merge.merge(editions()), {"tf.old": ["tf.f"]}, renames)
    again = encode.encode(merge.merge(dict(reversed(editions().items()))), {"tf.old": ["tf.f"]}, renames)
    assert texts == again
    assert [encode.compress(text) for text in texts.values()] == [encode.compress(text) for text in again.values()]
    names = data.Table(texts["names.z"])
    details = data.Details(texts["details.z"])
    last = len(axes.epochs("tf.f")) - 1
    row = names.row("tf.f")
    assert row is not None
    assert row[:2] == ["f", f"{1 | 1 << last:x}:1"]
    numbers = [int(run.partition(".")[2]) for run in row[2].split()]
    assert [details.signatures[number] for number in numbers] == ["a,b", "/"]
    assert names.row("tf.g") is None
    assert names.below("tf") == ["tf.Base", "tf.Heir", "tf.f"]
    heir = details.classes.row("tf.Heir")
    assert heir is not None
    assert heir[0] == "0:tf.Base"
    assert [member.partition(":")[0] for member in heir[1].split()] == ["stop"]
    assert details.notes.row("tf.f") == ["", "1.15 tf.g"]
    assert details.notes.row("tf.old") == ["tf.f"]
    assert details.arguments.row("tf.f") == ["b:x,y c:"]


def test_changes_are_those_of_the_other_files() -> None:
    shipped = pathlib.Path(data.__file__).with_name("changes.z").read_bytes()
    assert zlib.decompress(shipped).decode() == changing.collect(data.names(), data.details())
