"""What fails only under eager execution is told only where code surely runs eagerly."""

from __future__ import annotations

import pathlib

import pytest

from .programs import told

USE = "tf.compat.v1.placeholder(tf.float32)"

EAGER = {
    "top": "USE",
    "main": "if __name__ == '__main__':\n    USE",
    "called function": "def f():\n    USE\nf()",
    "called through another": "def g():\n    USE\ndef f():\n    g()\nf()",
    "method of an object": "class A:\n    def f(self):\n        USE\nA().f()",
    "constructor": "class A:\n    def __init__(self):\n        USE\nA()",
    "handed to app.run": "def main(_):\n    USE\ntf.compat.v1.app.run(main)",
    "main of app.run": "def main(_):\n    USE\ntf.compat.v1.app.run()",
    "handed to absl": "from absl import app\ndef main(_):\n    USE\napp.run(main)",
    "guarded by executing_eagerly": "if tf.executing_eagerly():\n    USE",
}


@pytest.mark.parametrize("form", EAGER)
def test_surely_eager(form: str, tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\n" + EAGER[form].replace("USE", USE) + "\n"
    assert [line.split()[1] for line in told(tmp_path, text)] == ["tf-placeholder"]


NOT_EAGER = {
    "library function": "def f():\n    USE",
    "graph": "with tf.Graph().as_default():\n    USE",
    "graph variable": "g = tf.Graph()\nwith g.as_default():\n    USE",
    "graph of an object": "class A:\n    def f(self):\n        with self.graph.as_default():\n            USE\nA().f()",
    "compat session": "with tf.compat.v1.Session() as s:\n    USE",
    "disable_v2_behavior": "tf.compat.v1.disable_v2_behavior()\nUSE",
    "disable_eager_execution": "tf.compat.v1.disable_eager_execution()\nUSE",
    "disabled by an imported function": (
        "from tensorflow.compat.v1 import disable_v2_behavior\ndisable_v2_behavior()\nUSE"
    ),
    "not executing eagerly": "if not tf.executing_eagerly():\n    USE",
    "else of executing eagerly": "if tf.executing_eagerly():\n    pass\nelse:\n    USE",
    "returns when eager": "def f():\n    if tf.executing_eagerly():\n        return\n    USE\nf()",
    "called in a graph": "def f():\n    USE\nwith tf.Graph().as_default():\n    f()",
    "tf.function": "@tf.function\ndef f():\n    USE\nf()",
    "wrap_function": "def f():\n    USE\ntf.compat.v1.wrap_function(f, [])",
    "handed to something": "def f():\n    USE\nregister(f)",
}


@pytest.mark.parametrize("form", NOT_EAGER)
def test_perhaps_in_a_graph(form: str, tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\n" + NOT_EAGER[form].replace("USE", USE) + "\n"
    assert not any("tf-placeholder" in line for line in told(tmp_path, text))


def test_missing_names_are_told_in_graphs_too(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\ntf.compat.v1.disable_v2_behavior()\n"
        "with tf.Graph().as_default():\n    tf.placeholder(1)\n"
    )
    assert told(tmp_path, text) == ["4 tf-placeholder"]
