"""What is reached from traced code, over functions, objects and modules, and how a finding says so."""

from __future__ import annotations

import pathlib

import pytest

from .sets import names, reached

FILES = {
    "helpers.py": "from deep import make\ndef helper(x):\n    return make(x)\n",
    "deep.py": "def make(x):\n    return tf.Variable(x)\n",
    "base.py": (
        "class Base:\n    @tf.function\n    def step(self, x):\n        return self.loss(x)\n"
        "    def loss(self, x): pass\n"
    ),
    "factory.py": (
        "def make_step(loss):\n    @tf.function\n    def step(x):\n        return loss(x)\n    return step\n"
        "class Trainer:\n    def __init__(self, loss):\n        self.loss = loss\n"
        "    @tf.function\n    def step(self, x):\n        return self.loss(x)\n"
        "def through(loss):\n    return make_step(loss)\n"
        "def apply(g, x):\n    return g(x)\n"
    ),
}


def test_over_three_modules(tmp_path: pathlib.Path) -> None:
    text = "import helpers\n@tf.function\ndef f(x): return helpers.helper(x)"
    found = reached(tmp_path, text, files=FILES)
    assert [t.because for t in found] == [
        ("`f`, a tf.function",),
        ("`f`, a tf.function", "`helper` (helpers.py:4)"),
        ("`f`, a tf.function", "`helper` (helpers.py:4)", "`make` (deep.py:3)"),
    ]


REACHED = {
    "base class in another module": (
        "from base import Base\nclass M(Base):\n    def loss(self, x): return f(x)\ndef f(x): pass"
    ),
    "callback of a factory": "from factory import make_step\ndef f(x): return x\nstep = make_step(f)",
    "callback by keyword": "from factory import make_step\ndef f(x): return x\nstep = make_step(loss=f)",
    "callback through two factories": "from factory import through\ndef f(x): return x\nstep = through(f)",
    "callback of an object": "from factory import Trainer\ndef f(x): return x\nTrainer(f).step(1)",
    "callback of a helper": "from factory import apply\ndef f(x): return x\n@tf.function\ndef g(x): return apply(f, x)",
    "closure": "def f(x): return x\n@tf.function\ndef g(x):\n    def inner(): return f(x)\n    return inner()",
    "lambda": "def f(x): return x\nh = lambda x: f(x)\n@tf.function\ndef g(x): return h(x)",
    "partial": "def f(x, y): return x\nh = functools.partial(f, y=1)\n@tf.function\ndef g(x): return h(x)",
    "alternative": "def f(x): return x\n@tf.function\ndef g(x, h=f): return h(x)",
    "constructor": "def f(): pass\nclass A:\n    def __init__(self): f()\n@tf.function\ndef g(): A()",
    "attribute": (
        "def f(): pass\nclass A:\n    def go(self): f()\nclass B:\n    def __init__(self): self.a = A()\n"
        "    @tf.function\n    def g(self): self.a.go()"
    ),
    "comprehension": "def f(x): return x\n@tf.function\ndef g(x): return [f(y) for y in x]",
    "layer that is called": (
        "def f(x): return x\nclass L(tf.keras.layers.Layer):\n    def call(self, x): return f(x)\n"
        "l = L()\n@tf.function\ndef g(x): return l(x)"
    ),
}


@pytest.mark.parametrize("form", REACHED)
def test_reached(form: str, tmp_path: pathlib.Path) -> None:
    assert "f" in names(tmp_path, REACHED[form], files=FILES)


@pytest.mark.parametrize(
    "text",
    [
        "@tf.function\ndef f(x): return f(x)",
        "@tf.function\ndef f(x): return g(x)\ndef g(x): return f(x)",
        "def make(g):\n    @tf.function\n    def f(x): return make(g)\n    return f\nmake(lambda x: x)",
    ],
)
def test_recursion_ends(text: str, tmp_path: pathlib.Path) -> None:
    assert "f" in names(tmp_path, text)


def test_what_is_not_called_is_not_reached(tmp_path: pathlib.Path) -> None:
    text = "def f(x): return x\ndef keep(g): return g\nkeep(f)\n@tf.function\ndef h(x): keep(f)"
    assert names(tmp_path, text, files=FILES) == {"h", "keep"}


def test_init_scope_is_noted(tmp_path: pathlib.Path) -> None:
    text = "def f(): pass\n@tf.function\ndef g():\n    with tf.init_scope():\n        f()"
    assert [t.lifted for t in reached(tmp_path, text)] == [False, True]
