"""Which calls run a tf.function, with what, and in which loops."""

from __future__ import annotations

import pathlib
import textwrap

import pytest
from astroid import nodes

from tf2lint.config import Options, Projects
from tf2lint.engine import Linter
from tf2lint.tracing.sites import CallSite, call_sites, sites_of

PRELUDE = "import functools\nimport tensorflow as tf\n"
F = "@tf.function\ndef f(x, i=0): return x\n"
G = "def g(x, i=0): return x\n"
CLASS = """
class M:
    def __init__(self):
        self.made = tf.function(self.body)
        self.lazy = None
    def body(self, x, i=0): return x
    @tf.function
    def step(self, x, i=0): return x
    @tf.function
    def __call__(self, x, i=0): return x
    def run(self, x):
        CALL
"""
FILES = {
    "helpers.py": F + "def make():\n    @tf.function\n    def inner(x, i=0): return x\n    return inner\n",
    "base.py": "class Base:\n    @tf.function\n    def step(self, x, i=0): return x\n",
}


def sites(folder: pathlib.Path, text: str) -> tuple[Linter, nodes.Module, tuple[CallSite, ...]]:
    """The calls of tf.functions in a program, whose first lines are imports."""
    for name, content in FILES.items():
        (folder / name).write_text(PRELUDE + content)
    path = folder / "program.py"
    linter = Linter(Projects(Options()).of(path))
    module = linter._modules.add(path, PRELUDE + textwrap.dedent(text))
    return linter, module, sites_of(linter._ev).of(module)


@pytest.mark.parametrize(
    "text",
    [
        F + "f(1, 2)",
        F + "h = f\nh(1, i=2)",
        G + "f = tf.function(g)\nf(1, 2)",
        G + "f = tf.function(func=g)\nf(1, 2)",
        G + "tf.function(g)(1, 2)",
        G + "tf.function(autograph=False)(g)(1, 2)",
        G + "graph = functools.partial(tf.function, autograph=False)\nf = graph(g)\nf(1, 2)",
        F + "f.get_concrete_function(1, 2)",
        "from helpers import f\nf(1, 2)",
        "import helpers\nhelpers.f(1, 2)",
        "from helpers import make\nmake()(1, 2)",
        "from helpers import make\nstep = make()\nstep(1, 2)",
        "from base import Base\nclass M(Base): pass\nM().step(1, 2)",
        CLASS.replace("CALL", "self.step(1, 2)"),
        CLASS.replace("CALL", "self.made(1, 2)"),
        CLASS.replace("CALL", "self(1, 2)"),
        CLASS.replace(
            "CALL", "if self.lazy is None:\n            self.lazy = tf.function(self.body)\n        self.lazy(1, 2)"
        ),
        CLASS.replace("CALL", "pass") + "m = M()\nm.step(1, 2)",
    ],
)
def test_a_call_of_a_tf_function(tmp_path: pathlib.Path, text: str) -> None:
    """However it was made and wherever it is kept, the call is found and its arguments are bound."""
    linter, module, (site,) = sites(tmp_path, text)
    assert {name: value.as_string() for name, value in site.arguments()} == {"x": "1", "i": "2"}
    assert call_sites(linter._ev, site.made.function, module) == (site.call,)


@pytest.mark.parametrize(
    "text",
    [
        G + "g(1, 2)",
        F + "f = g = len\nf(1)",
        F + G + "h = f if input() else g\nh(1, 2)",
        F + "def call(f): f(1, 2)",
        CLASS.replace("CALL", "self.body(1, 2)"),
        CLASS.replace("CALL", "self.lazy(1, 2)"),
    ],
)
def test_no_call_of_a_tf_function(tmp_path: pathlib.Path, text: str) -> None:
    """What may be something else is none."""
    assert sites(tmp_path, text)[2] == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("f(1)", None),
        ("for i in f(1): pass", None),
        ("for i in range(3):\n    f(1)", 6),
        ("while f(1): pass", 6),
        ("[f(x) for x in (1, 2)]", 6),
        ("def run(): f(1)\nfor i in range(3):\n    run()", 7),
        ("def run(): f(1)\nrun()", None),
        ("def run():\n    for i in range(3): f(1)", 7),
        ("for i in range(3):\n    def run(): f(1)", None),
        ("class C:\n    def a(self): f(1)\n    def b(self): self.a()\nc = C()\nwhile True:\n    c.b()", 10),
    ],
)
def test_loops(tmp_path: pathlib.Path, text: str, line: int | None) -> None:
    """A call is repeated by a loop around it, or around a call of the function that it lies in."""
    linter, _, (site,) = sites(tmp_path, f"\n{F}{text}")
    loop = sites_of(linter._ev).repeated(site.call)
    assert (loop.lineno if loop is not None else None) == line
