"""Behaviour that changed: what is told, and that correct programs of TensorFlow 2 are left alone."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import findings, target, told

CHANGED = "tf-changed-behavior"
TELLS = {
    "keep_prob by its name": ("def f(x, keep_prob):\n    return tf.nn.dropout(x, keep_prob)", 3),
    "keep_prob of an object": ("def f(x, flags):\n    return tf.nn.dropout(x, flags.keep_prob)", 3),
    "keep_prob of a dict": ("def f(x, params):\n    return tf.nn.dropout(x, params['keep_prob'])", 3),
    "all kept": ("tf.nn.dropout(tf.ones([2]), 1.0)", 2),
    "method by number": ("tf.image.resize(x, [2, 2], method=0)", 2),
    "rows of where that clash": ("tf.where(tf.constant([True, False]), tf.ones([2, 3]), tf.zeros([2, 3]))", 2),
    "constant to be filled": ("tf.constant([[1, 2]], tf.int32, [2, 2])", 2),
    "no name of a scope": ("name = None\nwith tf.name_scope(name):\n    pass", 3),
    "device by a function": ("with tf.device(lambda op: '/cpu:0'):\n    pass", 2),
    "size of a block": ("tf.space_to_batch(x, [[0, 0], [0, 0]], 2)", 2),
    "axis in the third place": ("tf.gather(x, [0], -1)", 2),
    "layout": ("tf.zeros_like(x, tf.float32, 'name', False)", 2),
    "part of a sparse tensor": ("tf.strings.split(['a']).dense_shape", 2),
    "split for a sparse function": ("tf.sparse.to_dense(tf.strings.split(['a']))", 2),
    "result of an assertion": ("def f(x):\n    x = tf.debugging.assert_scalar(x)", 3),
    "gradients at the top": ("x = tf.constant(1.0)\ntf.gradients(x, x)", 3),
    "gradients of compat at the top": ("x = tf.constant(1.0)\ntf.compat.v1.gradients(x, x)", 3),
    "loss as a tensor": (
        "v = tf.Variable(1.0)\nloss = v * v\ntf.compat.v1.train.AdamOptimizer(0.1).minimize(loss)",
        4,
    ),
    "tensor in a set": ("a = tf.constant(1)\nb = {a}", 3),
    "variable in a dict": ("v = tf.Variable(1.0)\nb = {v: 1}", 3),
    "tensor added": ("seen = set()\nseen.add(tf.constant(1))", 3),
    "tensor stored": ("d = {}\nd[tf.constant(1)] = 1", 3),
    "variable and None": ("v = tf.Variable(1.0)\nif v != None:\n    pass", 3),
    "name of a tensor": ("x = tf.constant(1)\nprint(x.name)", 3),
    "rate from a variable": (
        "step = tf.Variable(0.0)\nrate = 1.0 / (1.0 + step)\ntf.keras.optimizers.Adam(learning_rate=rate)",
        4,
    ),
    "no epsilon": ("tf.keras.optimizers.Adam(0.1, epsilon=None)", 2),
    "rate as a tensor": ("tf.keras.optimizers.Adam(tf.constant(0.1))", 2),
    "calculation with a decay": (
        "s = tf.Variable(0)\nr = tf.compat.v1.train.cosine_decay(0.1, s, 10)\nprint(r * 2)",
        4,
    ),
    "decay as a value": (
        "s = tf.Variable(0)\nr = tf.compat.v1.train.cosine_decay(0.1, s, 10)\ntf.summary.scalar('r', r)",
        4,
    ),
}


@pytest.mark.parametrize("case", TELLS)
def test_told(case: str, tmp_path: pathlib.Path) -> None:
    text, line = TELLS[case]
    assert told(tmp_path, f"import tensorflow as tf\n{text}\n") == [f"{line} {CHANGED}"]


OF_TENSORFLOW_1 = {
    "dropout": "tf.nn.dropout(x, 0.9)",
    "resize": "tf.image.resize(x, [2, 2])",
    "rows of where": "tf.where(tf.constant([True, False]), tf.ones([2, 2]), tf.zeros([2, 2]))",
    "normal": "tf.random_normal_initializer()",
    "truncated": "tf.initializers.truncated_normal()",
    "uniform": "tf.random_uniform_initializer(minval=-1.0)",
    "recurrent": "tf.keras.layers.LSTM(2)",
    "frozen": "tf.keras.layers.BatchNormalization(trainable=False)",
    "hard sigmoid": "tf.keras.activations.hard_sigmoid(x)",
    "similarity": "tf.keras.losses.cosine_similarity(x, x)",
    "shards": "tf.nn.embedding_lookup([x, x], [0])",
    "shards by comprehension": "tf.nn.embedding_lookup([x for _ in range(3)], [0])",
    "repeated": "tf.nn.ctc_beam_search_decoder(x, [1])",
    "labels": "tf.nn.softmax_cross_entropy_with_logits(labels=tf.nn.softmax(x), logits=x)",
    "loop": "y = tf.while_loop(lambda i: i < 3, lambda i: i + 1, [x])",
    "branches": "y = tf.cond(x, lambda: [x], lambda: [x])",
    "ragged": "y = tf.strings.split(['a'])",
    "summary": "tf.summary.histogram('x', x)",
    "gradients in a function": "def f(x): return tf.gradients(x, x)",
    "equal": "if tf.constant(1) == tf.constant(1): pass",
    "membership": "assert tf.constant(1) in [tf.constant(1)]",
}


@pytest.mark.parametrize("case", OF_TENSORFLOW_1)
def test_told_in_a_module_of_tensorflow_1(case: str, tmp_path: pathlib.Path) -> None:
    text = f"import tensorflow as tf\nx = tf.placeholder(tf.float32)\n{OF_TENSORFLOW_1[case]}\n"
    assert told(tmp_path, text) == ["2 tf-placeholder", f"3 {CHANGED}"]


@pytest.mark.parametrize("case", OF_TENSORFLOW_1)
def test_silent_in_a_module_of_tensorflow_2(case: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\nx = make()\n{OF_TENSORFLOW_1[case]}\n") == []


@pytest.mark.parametrize("case", ["dropout", "resize", "normal", "loop", "ragged", "summary"])
def test_compat_keeps_what_it_did(case: str, tmp_path: pathlib.Path) -> None:
    text = OF_TENSORFLOW_1[case].replace("tf.", "tf.compat.v1.")
    assert f"3 {CHANGED}" not in told(tmp_path, f"import tensorflow as tf\nx = tf.placeholder(tf.float32)\n{text}\n")


NO_DIFFERENCE = {
    "loop unpacked": "[y] = tf.while_loop(lambda i: i < 3, lambda i: [i + 1], [x])",
    "first of a loop": "y = tf.while_loop(lambda i: i < 3, lambda i: [i + 1], [x])[0]",
    "loop over two": "y = tf.while_loop(lambda i, j: i < 3, lambda i, j: (i, j), [x, x])",
    "step": "tf.summary.scalar('x', x, step=1)",
    "deviation": "tf.random_normal_initializer(stddev=1.0)",
    "interval": "tf.random_uniform_initializer(0.0, 1.0)",
    "areas": "tf.image.resize(x, [2, 2], tf.image.ResizeMethod.AREA)",
    "gates": "tf.keras.layers.LSTM(2, recurrent_activation='sigmoid')",
    "one tensor": "tf.nn.embedding_lookup([x], [0])",
    "labels of a program": "tf.nn.softmax_cross_entropy_with_logits(labels=x, logits=x)",
    "tensors as values": "y = tf.constant(1) == tf.constant(1)",
}


@pytest.mark.parametrize("case", NO_DIFFERENCE)
def test_silent_in_a_module_of_tensorflow_1(case: str, tmp_path: pathlib.Path) -> None:
    text = f"import tensorflow as tf\nx = tf.placeholder(tf.float32)\n{NO_DIFFERENCE[case]}\n"
    assert told(tmp_path, text) == ["2 tf-placeholder"]


SILENT = {
    "no method at all": "tf.image.resize(x, [2, 2], 9)",
    "rate": "tf.nn.dropout(x, 0.1)",
    "rate from keep_prob": "tf.nn.dropout(x, 1 - keep_prob)",
    "method by name": "tf.image.resize(x, [2, 2], 'area')",
    "rows of where by columns": "tf.where(tf.constant([True, False]), tf.ones([3, 2]), tf.zeros([3, 2]))",
    "constant of one value": "tf.constant([0], shape=[4])",
    "constant that fits": "tf.constant([1, 2, 3, 4], shape=[2, 2])",
    "name of a scope": "def f(name=None):\n    with tf.name_scope(name or 'a'):\n        pass",
    "device by name": "with tf.device('/cpu:0'):\n    pass",
    "blocks": "tf.space_to_batch(x, [2, 2], [[0, 0], [0, 0]])",
    "validated indices": "tf.gather(x, [0], True)",
    "axis": "tf.gather(x, [0], axis=1)",
    "values of a ragged tensor": "tf.strings.split(['a']).values",
    "assertion for a graph": "checks = []\nchecks.append(tf.debugging.assert_scalar(x))",
    "assertion under a name": "def f(x):\n    done = tf.debugging.assert_scalar(x)",
    "bookkeeping": "tf.nn.dropout(x, bookkeeping)",
    "assertion": "tf.debugging.assert_scalar(tf.constant(1))",
    "gradients of a graph": "@tf.function\ndef f(x):\n    return tf.gradients(x, x)",
    "gradients of a traced function": "def f(x):\n    return tf.gradients(x, x)\nf = tf.function(f)\nf(1.0)",
    "gradients of compat in a library": "def f(x):\n    return tf.compat.v1.gradients(x, x)",
    "loss as a function": "v = tf.Variable(1.0)\ntf.compat.v1.train.AdamOptimizer(0.1).minimize(lambda: v * v)",
    "loss in a graph": (
        "with tf.Graph().as_default():\n    tf.compat.v1.train.AdamOptimizer(0.1).minimize(tf.constant(1.0))"
    ),
    "references": "a = tf.constant(1)\nb = {a.ref(): 1}",
    "hash in a graph": "with tf.Graph().as_default():\n    a = tf.constant(1)\n    b = {a: 1}",
    "hash without equality": "tf.compat.v1.disable_v2_behavior()\na = tf.constant(1)\nb = {a: 1}",
    "tensor as a value": "a = tf.constant(1)\nb = {'a': a}",
    "is None": "v = tf.Variable(1.0)\nif v is None:\n    pass",
    "equality": "print(tf.constant(1) == tf.constant(1))",
    "name of a variable": "v = tf.Variable(1.0)\nprint(v.name)",
    "name in a function": "def f():\n    return tf.constant(1).name",
    "epsilon": "tf.keras.optimizers.Adam(0.1, epsilon=1e-7)",
    "epsilon of the caller": "def f(epsilon=None):\n    return tf.keras.optimizers.Adam(0.1, epsilon=epsilon)",
    "schedule": "tf.keras.optimizers.Adam(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5))",
    "called decay": "s = tf.Variable(0)\nr = tf.compat.v1.train.cosine_decay(0.1, s, 10)\nprint(r() * 2)",
    "decay in a graph": (
        "with tf.Graph().as_default():\n    r = tf.compat.v1.train.cosine_decay(0.1, s, 10)\n    print(r * 2)"
    ),
}


@pytest.mark.parametrize("case", SILENT)
def test_silent(case: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{SILENT[case]}\n") == []


@pytest.mark.parametrize("case", ["all kept", "constant to be filled", "tensor in a set"])
def test_silent_under_tensorflow_1(case: str, tmp_path: pathlib.Path) -> None:
    text, _ = TELLS[case]
    assert told(tmp_path, f"import tensorflow as tf\n{text}\n", worlds=target("<2")) == []


def test_a_module_that_turns_tensorflow_2_on_is_none_of_tensorflow_1(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.enable_v2_behavior()\ntf.nn.dropout(x, 0.1)\n"
    assert told(tmp_path, text) == ["2 tf-eager-switch"]


def test_names_that_went_with_keras_2(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
        "value, update = tf.metrics.mean_squared_error(x, x)\ntf.losses.mean_squared_error(x, x)\n"
    )
    assert told(tmp_path, text, worlds=target("==2.15.*")) == ["2 tf-placeholder", f"3 {CHANGED}", f"4 {CHANGED}"]


def test_no_epsilon_was_fine_before(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.keras.optimizers.Adam(0.1, epsilon=None)\n"
    assert told(tmp_path, text, worlds=target("==2.10.*")) == []
    assert told(tmp_path, text, worlds=target("==2.11.*")) == [f"2 {CHANGED}"]


def test_a_rate_that_is_a_tensor_is_fine_in_keras_2(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.keras.optimizers.SGD(tf.constant(0.1))\n"
    assert told(tmp_path, text, worlds=target("==2.15.*")) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("tf.nn.dropout(x, keep_prob)", "not the part to keep: write rate=1 - keep_prob."),
        ("tf.nn.dropout(x, keep_prob=0.75)", "takes no keep_prob= in TensorFlow 2 (TypeError): write rate=0.25."),
        ("tf.nn.dropout(x, keep_prob=1 - rate)", "(TypeError): write rate=rate."),
        ("tf.batch_to_space(x, crops=c, block_size=2)", "(TypeError): write block_shape=[2, 2]."),
        ("tf.image.resize(x, s, 3)", 'write "area".'),
    ],
)
def test_what_to_write(call: str, message: str, tmp_path: pathlib.Path) -> None:
    (only,) = findings(tmp_path, f"import tensorflow as tf\ndef f(x, c, s, rate, keep_prob):\n    {call}\n")
    assert only.message.endswith(message)


DIMENSIONS = {
    "item of shape": ("def f(x):\n    return x.shape[0].value", 3),
    "item of get_shape": ("def f(x):\n    return x.get_shape()[-1].value", 3),
    "item of a part": ("def f(x):\n    return x.shape[1:][0].value", 3),
    "item of a ranked shape": ("def f(x):\n    return x.get_shape().with_rank(2)[0].value", 3),
    "item of a variable": ("def f(x):\n    s = x.shape\n    return s[0].value", 4),
    "variable of an item": ("def f(x):\n    d = x.shape[0]\n    return d.value", 4),
    "unpacked": ("def f(x):\n    a, b = x.shape\n    return b.value", 4),
    "loop": ("def f(x):\n    for d in x.shape:\n        print(d.value)", 4),
    "comprehension": ("def f(x):\n    return [d.value for d in x.get_shape()[1:]]", 3),
    "method": ("def f(x, y):\n    return x.shape[0].merge_with(y)", 3),
    "shape by its class": ("tf.TensorShape([1])[0].value", 2),
}


@pytest.mark.parametrize("case", DIMENSIONS)
def test_dimension(case: str, tmp_path: pathlib.Path) -> None:
    text, line = DIMENSIONS[case]
    assert told(tmp_path, f"import tensorflow as tf\n{text}\n") == [f"{line} tf-dimension-value"]


NO_DIMENSIONS = {
    "list of dimensions": "def f(x):\n    return x.shape.dims[0].value",
    "shape": "def f(x, y):\n    return x.shape[1:].merge_with(y)",
    "something else": "def f(x):\n    return x.items[0].value",
    "object of the project": (
        "class Box:\n    def __init__(self):\n        self.shape = make()\n"
        "    def first(self):\n        return self.shape[0].value"
    ),
    "provided for": "def f(x):\n    try:\n        return x.shape[0].value\n    except AttributeError:\n        pass",
    "looked at": ("def f(x):\n    d = x.shape[0]\n    if not isinstance(d, int):\n        d = d.value\n    return d"),
    "looked at in place": "def f(x):\n    return [d if type(d) is int else d.value for d in x.shape]",
    "turned off": "tf.compat.v1.disable_v2_behavior()\ndef f(x):\n    return x.shape[0].value",
    "shapes turned off": "tf.compat.v1.disable_v2_tensorshape()\ndef f(x):\n    return x.shape[0].value",
    "library of graphs": "import tensorflow.compat.v1 as tf1\ndef f(x):\n    return x.shape[0].value",
    "may be something else": "def f(x, y):\n    d = x.shape[0]\n    if y:\n        d = y\n    return d.value",
}


@pytest.mark.parametrize("case", NO_DIMENSIONS)
def test_no_dimension(case: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{NO_DIMENSIONS[case]}\n") == []


def test_no_dimension_without_tensorflow(tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, "import keras_tuner\ndef f(x):\n    return x.shape[0].value\n") == []
