"""What pylint's own checkers say of TensorFlow, which they see as tf2lint knows it."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

GOOD = """\
import keras
import tensorflow as tf
import tensorflow.keras.layers as kl
from tensorflow.keras import models
from tensorflow.python.ops import array_ops


class Net(tf.keras.Model):
    def __new__(cls, *_args, **_keywords):
        return super(tf.keras.Model, cls).__new__(cls)

    def __init__(self):
        super().__init__(name="net")
        self.dense = kl.Dense(3, activation="relu")
        self.bias = self.add_weight(name="bias", shape=[3])

    def call(self, inputs, training=None):
        return self.dense(inputs, training=training) + self.bias + self.extra


class Plain(tf.keras.layers.Layer):
    def __new__(cls, *_args):
        return super().__new__(cls)


try:
    with tf.GradientTape() as tape:
        tape.watch(tf.constant(1.0))
except tf.errors.NotFoundError as error:
    print(error.message)
print(array_ops.whatever, models.Sequential([]).summary(), keras.layers.Dense(2).units, tf.__version__)
raise tf.errors.OutOfRangeError(None, None, "end")
"""
BAD = """\
import tensorflow as tf
import tensorflow.never.was
from tensorflow import nothing
x = tf.get_shape(1)
y = tf.keras.layers.Dense(3, uints=4)
z = tf.reduce_sum()
v = tf.placeholder(tf.float32)
u = tf.reduce_sum([1], keep_dims=True)
"""


def said(folder: pathlib.Path, program: str, *options: str) -> list[str]:
    """`line symbol` of pylint's errors, in a process of its own: astroid's state is the process's."""
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "pylint", "--load-plugins=tf2lint", "--persistent=n", "--disable=all"]
    command += ["--enable=E", "--msg-template={line} {symbol}", "-sn", *options, path.name]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert answer.returncode in (0, 2), answer.stdout + answer.stderr
    return [line for line in answer.stdout.splitlines() if not line.startswith("*")]


def test_what_tensorflow_has_is_there(tmp_path: pathlib.Path) -> None:
    """Lazily loaded names, submodules, private modules, classes as bases, exceptions, contexts: nothing is said."""
    assert said(tmp_path, GOOD) == []


def test_star(tmp_path: pathlib.Path) -> None:
    """`from keras.ops import *` binds what is there, for those who import that module."""
    (tmp_path / "ops.py").write_text("from keras.ops import *\n", encoding="utf-8")
    assert said(tmp_path, "import ops\nprint(ops.reshape, ops.never)\n") == ["2 no-member"]


def test_one_report_of_one_thing(tmp_path: pathlib.Path) -> None:
    """Where a rule of tf2lint speaks, pylint does not: of names that never were, and keywords that nothing takes."""
    assert sorted(said(tmp_path, BAD)) == [
        "2 import-error",
        "3 tf-unavailable-symbol",
        "4 tf-unavailable-symbol",
        "5 tf-removed-argument",
        "6 no-value-for-parameter",
        "7 tf-placeholder",
        "8 tf-renamed-argument",
    ]


def test_pylint_speaks_where_the_rules_are_off(tmp_path: pathlib.Path) -> None:
    """What no release had is missing; what one had is tf2lint's to tell, so there is nothing to read of it."""
    off = "--disable=tf2lint-names,tf2lint-calls,tf2lint-idioms"
    assert sorted(said(tmp_path, BAD, off)) == [
        "2 import-error",
        "2 no-name-in-module",
        "3 no-name-in-module",
        "4 no-member",
        "5 unexpected-keyword-arg",
        "6 no-value-for-parameter",
    ]


def test_switched_off(tmp_path: pathlib.Path) -> None:
    """Without it, pylint looks for an installed TensorFlow."""
    (tmp_path / "tensorflow.py").write_text("def reduce_sum(x): return x\n", encoding="utf-8")
    program = "import tensorflow as tf\nprint(tf.reduce_sum(1), tf.constant(2))\n"
    assert said(tmp_path, program, "--tf2lint-brain=n") == ["2 no-member"]
    assert said(tmp_path, program) == []


@pytest.mark.parametrize("target", ["<2.3", ">=2.16"])
def test_the_targets_decide_what_a_call_gives(tmp_path: pathlib.Path, target: str) -> None:
    """A name that the targets lack is tf2lint's, by the rule that owns it, and no second report."""
    program = "import tensorflow as tf\nprint(tf.keras.utils.set_random_seed(1))\n"
    expected = ["2 tf-unavailable-symbol"] if target == "<2.3" else []
    assert said(tmp_path, program, f"--tf2lint-tensorflow={target}") == expected
