"""Whether the cost of a line stays what it is, however many there are, and however long the chains of calls."""

from __future__ import annotations

import pathlib
import re
import tempfile
from collections.abc import Callable, Iterator

from bench.speed import child
from bench.speed.rows import Options, Row
from bench.speed.shapes import SHAPES

_IMPORTS = "import numpy as np\nimport tensorflow as tf\n\n"

_CODE = '''
class Model_N:
    """A model."""

    def __init__(self, sess, size=3, rate=0.1):
        self.sess, self.size, self.rate = sess, size, rate
        self.inputs = tf.placeholder(tf.float32, [None, size], name="inputs")
        with tf.variable_scope("model"):
            self.hidden = tf.layers.dense(self.inputs, size, activation=tf.nn.relu)
            self.logits = self._head(self.hidden)
        self.loss = tf.reduce_mean(tf.square(self.logits), keep_dims=True)
        self.train = tf.train.AdamOptimizer(self.rate).minimize(self.loss)

    def _head(self, hidden):
        if self.size > 2:
            hidden = tf.nn.dropout(hidden, keep_prob=0.5)
        return tf.layers.dense(hidden, 1)

    def step(self, batch):
        loss, _ = self.sess.run([self.loss, self.train], feed_dict={self.inputs: batch})
        return float(loss)


@tf.function
def traced_N(values, steps):
    total = tf.zeros_like(values)
    for step in range(steps):
        if step % 2:
            total += helper_N(values)
        else:
            total = tf.where(total > 0, total, values)
    return total


def helper_N(values, axis=0):
    found = []
    for value in tf.unstack(values, axis=axis):
        found.append(tf.log(value) if axis else value)
    return tf.stack(found)


def run_N(path):
    data = np.load(path)
    with tf.Session() as session:
        model = Model_N(session, size=data.shape[1])
        session.run(tf.global_variables_initializer())
        for start in range(0, len(data), 32):
            print(start, model.step(data[start : start + 32]))
    return traced_N(tf.constant(data), 3)
'''
_COPIES = 8
_MOST = 1.5
_MOST_OF_SHAPE = 2.0
"""They are short, and what grows faster than they do takes four times as long by the last of them."""


def copies(options: Options) -> Iterator[Row]:
    """1, 2, 4, 8 times the same code: with names of its own each time, and the same text again and again."""
    yield from _grown(options, "code under new names", lambda times: _IMPORTS + "".join(map(_named, range(times))))
    yield from _grown(options, "repeated text", lambda times: _IMPORTS + _named(0) * times)


def _named(number: int) -> str:
    return re.sub(r"_N\b", f"_{number}", _CODE)


def _grown(options: Options, label: str, text: Callable[[int], str]) -> Iterator[Row]:
    yield from _series(options, label, {f"{times}x": text(_COPIES * times) for times in (1, 2, 4, 8)})


def chains(options: Options) -> Iterator[Row]:
    """Chains of 10, 100, 1,000 functions, traced and not."""
    for label, first in (("traced chain", "@tf.function\n"), ("untraced chain", "")):
        yield from _series(options, label, {f"{long:,} calls": _chain(long, first) for long in (10, 100, 1000)})


def _chain(long: int, first: str) -> str:
    parts = [_IMPORTS, f"{first}def f0(x):\n    return f1(x)\n\n\n"]
    for number in range(1, long):
        parts.append(f"def f{number}(x):\n    y = tf.nn.relu(x)\n    return f{number + 1}(y)\n\n\n")
    return "".join([*parts, f"def f{long}(x):\n    return tf.log(x)\n\n\nprint(f0(tf.ones([2])))\n"])


def shapes(options: Options) -> Iterator[Row]:
    """Programs that are long in one way each: 250, 500, 1,000 times the same kind of statement, class or function."""
    for label, text in SHAPES.items():
        # Nobody writes longer ones, and of more nested `elif` no tree can be made.
        sizes = (100, 200, 400) if label == "elif" else (250, 500, 1000)
        yield from _series(options, label, {f"{size:,}": text(size) for size in sizes}, _MOST_OF_SHAPE)


def _series(options: Options, label: str, programs: dict[str, str], most: float = _MOST) -> Iterator[Row]:
    """The cost of a line in each program, where that of the first is 1."""
    first = 0.0
    for name, text in programs.items():
        with tempfile.TemporaryDirectory() as scratch:
            file = pathlib.Path(scratch, "module.py")
            file.write_text(text, encoding="utf-8")
            measured = [child.inside("module", str(file)) for _ in range(options.repeat)]
        seconds, lines = min(measured)
        first = first or seconds / lines
        note = f"{seconds:.3f} s, {lines:,} lines"
        yield Row(f"CPU per line, {label}, {name}", seconds / lines / first, most, note=note)
