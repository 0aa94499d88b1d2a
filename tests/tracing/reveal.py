"""Expressions in a traced function, and what each is there: by tf2lint without TensorFlow, by TensorFlow in the oracle.

A row is the body of a function, the last expression of which is asked about, and what it is: the kind, the type of a
Python value, the dtype and the shape of a tensor as far as tf2lint knows them.
"""

from __future__ import annotations

import pathlib
import textwrap

from astroid import nodes

from tf2lint.config import Options, Projects
from tf2lint.engine import Linter
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.traced import Tracing

HEAD = """import functools
import math
import numpy as np
import tensorflow as tf

OUTER = tf.constant([1.0, 2.0])
NUMBER = 3
ARRAY = np.zeros([2, 2], np.float32)
RECORDS = []


def double(a, times=2):
    return a * times


def pick(a, b=None):
    if b is None:
        return a
    return a + b


def apply(function, *arguments):
    return function(*arguments)


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.weight = tf.Variable(1.0)
        self.table = tf.constant([1, 2])
        self.log = []

    def scale(self, a):
        return a * self.weight


model = Model()
dense = tf.keras.layers.Dense(2)
dense.build([None, 3])
words = tf.data.Dataset.range(3)
"""

SIGNATURE = "[tf.TensorSpec([None, 3], tf.float32), tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.bool)]"

ROWS = {
    # Parameters, operators, subscripts.
    "x": "tensor float32 (?, 3)",
    "n": "tensor int32 ()",
    "x + 1": "tensor float32 (?, 3)",
    "x > 0": "tensor bool (?, 3)",
    "1 - n": "tensor int32 ()",
    "n / 2": "tensor ()",
    "-x": "tensor float32 (?, 3)",
    "x[0]": "tensor float32 (3)",
    "x[:, 1]": "tensor float32 (?)",
    "x[..., 1]": "tensor float32",
    "x == x": "tensor bool (?, 3)",
    "n is None": "bool",
    "not b": "tensor bool ()",
    "b and n > 0": "tensor bool",
    "x @ tf.ones([3, 2])": "tensor float32",
    "'%s' % x": "str",
    "f'{x}'": "str",
    "(x, n)": "tuple",
    "[x, n][1]": "tensor int32 ()",
    "{'a': n}['a']": "tensor int32 ()",
    "[a * 2 for a in [n, n]][0]": "tensor int32 ()",
    # Static shapes.
    "x.shape": "shape",
    "x.shape[0]": "NoneType",
    "x.shape[1]": "int",
    "x.get_shape().as_list()": "list",
    "x.dtype": "dtype",
    "tf.shape(x)": "tensor int32 (2)",
    "tf.shape(x)[0]": "tensor int32 ()",
    # What exists before the trace.
    "OUTER": "eager float32 (2)",
    "OUTER * 2": "tensor float32 (2)",
    "NUMBER": "int",
    "ARRAY": "ndarray",
    "ARRAY + x[0, 0]": "tensor float32 (2, 2)",
    "RECORDS": "list",
    "model.weight": "variable float32 ()",
    "model.weight + 1": "tensor float32 ()",
    "model.weight.assign_add(1.0) + 0": "tensor float32 ()",
    "model.table": "eager int32 (2)",
    "model.log": "list",
    "math.pi * 2": "float",
    "np.float32(3)": "ndarray",
    "np.arange(3)": "ndarray",
    # Functions of TensorFlow.
    "tf.constant(1)": "tensor int32 ()",
    "tf.constant([1.0, 2.0])": "tensor float32 (2)",
    "tf.zeros([2, 3])": "tensor float32 (2, 3)",
    "tf.zeros([2], tf.int64)": "tensor int64 (2)",
    "tf.ones_like(n)": "tensor int32 ()",
    "tf.cast(x, tf.int32)": "tensor int32 (?, 3)",
    "tf.reduce_sum(x)": "tensor float32 ()",
    "tf.reduce_sum(x, 1)": "tensor float32 (?)",
    "tf.reduce_any(x > 0)": "tensor bool ()",
    "tf.range(n)": "tensor int32 (?)",
    "tf.less(n, 3)": "tensor bool ()",
    "tf.matmul(x, tf.ones([3, 2]))": "tensor",
    "tf.nn.relu(x)": "tensor float32 (?, 3)",
    "tf.random.uniform([4])": "tensor (4)",
    "tf.io.gfile.exists('here')": "bool",
    "tf.executing_eagerly()": "bool",
    "tf.is_tensor(x)": "bool",
    "tf.TensorArray(tf.float32, 3)": "array",
    "tf.TensorArray(tf.float32, 1).write(0, 1.0).stack()": "tensor",
    "words": "dataset",
    "words.batch(2)": "dataset",
    "dense(x)": "tensor",
    # Calls of the project's functions, closures, callables handed on.
    "double(x)": "tensor float32 (?, 3)",
    "double(2)": "int",
    "pick(n)": "tensor int32 ()",
    "pick(n, 1)": "tensor int32 ()",
    "pick(3)": "int",
    "apply(double, n)": "tensor int32 ()",
    "apply(lambda a: a + n, 1)": "tensor int32 ()",
    "functools.partial(double, times=3)(n)": "tensor int32 ()",
    "model.scale(tf.cast(n, tf.float32))": "tensor float32 ()",
    "(lambda: n)()": "tensor int32 ()",
    "tf.cond(b, lambda: n, lambda: n + 1)": "tensor int32 ()",
    # Builtins, some of which AutoGraph converts.
    "len(RECORDS)": "int",
    "range(3)": "range",
    "range(n)": "tensor int32 (?)",
    "int(b)": "tensor int32 ()",
    "float(n)": "tensor float32 ()",
    "list((n, n))[0]": "tensor int32 ()",
    "sorted([2, 1])": "list",
    "isinstance(x, tf.Tensor)": "bool",
    "abs(n)": "tensor int32 ()",
    # Statements.
    "y = 1\nif b:\n    y = 2\ny": "tensor int32 ()",
    "y = 1\nif NUMBER > 2:\n    y = 2\ny": "int",
    "y = n\nfor i in tf.range(3):\n    y += i\ny": "tensor int32 ()",
    "y = 0\nfor i in range(3):\n    y += i\ny": "int",
    "y = 0\nwhile y < n:\n    y += 1\ny": "tensor int32 ()",
    "for i in tf.range(3):\n    pass\ni": "tensor int32 ()",
    "e = tf.constant(0, tf.int64)\nfor e in words:\n    pass\ne": "tensor int64 ()",
    "a, c = x[0], n\nc": "tensor int32 ()",
    "a, *c = x[0], n, n\nc": "list",
    "with tf.init_scope():\n    y = tf.constant(1)\ny": "eager int32 ()",
    "with tf.name_scope('s'):\n    y = n + 1\ny": "tensor int32 ()",
    "try:\n    y = n\nexcept ValueError:\n    y = n + 1\ny": "tensor int32 ()",
    "def inner(k):\n    return k + n\ninner(1)": "tensor int32 ()",
    "y = n if b else n + 1\ny": "tensor int32 ()",
    "y = None\nif y is None:\n    y = n\ny": "tensor int32 ()",
    "y = [n]\ny.append(x)\nlen(y)": "int",
    "(y := n + 1)\ny": "tensor int32 ()",
    "tf.map_fn(lambda e: e + 1, x)": "tensors",
    "tf.split(x, 3, axis=1)": "tensors",
    "tf.clip_by_global_norm([x], 1.0)[1]": "tensor ()",
    "tf.nest.flatten([x, n])[1]": "tensor int32 ()",
    # Functions of Keras.
    "tf.keras.backend.mean(x)": "tensor",
    "tf.keras.activations.relu(x)": "tensor",
    "tf.keras.losses.binary_crossentropy(x, x)": "tensor",
    # What annotations promise of what nothing else is known.
    "def inner(k: tf.Tensor):\n    return k\ninner(*[n][:1])": "tensor",
    "def inner(k: 'tf.Tensor' = None):\n    return k + 1\ninner(**dict(k=n))": "tensor",
}

_KINDS = {
    Kind.TENSOR: "tensor",
    Kind.EAGER: "eager",
    Kind.VARIABLE: "variable",
    Kind.NEST: "tensors",
    Kind.DATASET: "dataset",
    Kind.TENSOR_ARRAY: "array",
    Kind.SHAPE: "shape",
    Kind.UNKNOWN: "unknown",
}


def program(row: str, after: str = "") -> str:
    """The program of a row: its last expression is given to `reveal`."""
    *before, last = row.split("\n")
    body = textwrap.indent("\n".join([*before, f"shown = {last}", after or "shown"]), "    ")
    return f"{HEAD}\n\n@tf.function(input_signature={SIGNATURE})\ndef traced(x, n, b):\n{body}\n"


def described(value: Abstract) -> str:
    """A value as the rows spell it."""
    kind = _KINDS.get(value.kind, value.type)
    if value.kind in (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE):
        shape = "" if value.shape is None else f"({', '.join('?' if n is None else str(n) for n in value.shape)})"
        return " ".join(filter(None, (kind, value.dtype, shape)))
    return kind


def revealed(folder: pathlib.Path, row: str) -> str:
    """What tf2lint says of a row."""
    path = folder / "program.py"
    linter = Linter(Projects(Options()).of(path))
    tree = linter._modules.add(path, program(row))
    tracing = Tracing(linter._ev)
    traced = next(t for t in tracing.reached(tree) if getattr(t.function, "name", "") == "traced")
    frame = tracing.frame(traced, tree)
    target = next(node for node in traced.function.nodes_of_class(nodes.AssignName) if node.name == "shown")
    return described(frame.of(target))
