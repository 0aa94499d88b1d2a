"""The rules that look at calls: what they tell, and what they leave alone."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import told

TOLD = {
    "feed_dict of anything": ("def f(s, x):\n    s.run(x, feed_dict={x: 1})", "3 tf-feed-dict"),
    "feed_dict of a session": ("with tf.Session() as s:\n    s.run(1, feed_dict={})", "3 tf-feed-dict"),
    "feed_dict of eval": ("def f(x):\n    x.eval(feed_dict={})", "3 tf-feed-dict"),
    "eval of an operation": ("tf.constant(1.0).eval()", "2 tf-tensor-eval"),
    "eval of a sum": ("x = tf.constant(1.0) + 1\nx.eval()", "3 tf-tensor-eval"),
    "eval of a variable": ("v = tf.Variable(1.0)\nv.eval()", "3 tf-tensor-eval"),
    "eval in a session that is gone": (
        "with tf.Graph().as_default(), tf.Session():\n    tf.constant(1.0).eval()",
        "3 tf-tensor-eval",
    ),
    "run of an initializer": ("tf.global_variables_initializer().run()", "2 tf-tensor-eval"),
    "one-shot iterator": (
        "tf.data.Dataset.range(3).map(f).make_one_shot_iterator()",
        "2 tf-legacy-iterator",
    ),
    "iterator of records": ("tf.data.TFRecordDataset('a').make_initializable_iterator()", "2 tf-legacy-iterator"),
    "reuse": (
        "with tf.compat.v1.variable_scope('a', reuse=True):\n    tf.compat.v1.get_variable('b', [])",
        "2 tf-variable-reuse",
    ),
    "AUTO_REUSE": (
        "with tf.compat.v1.variable_scope('a', reuse=tf.compat.v1.AUTO_REUSE):\n    pass",
        "2 tf-variable-reuse",
    ),
    "search of an empty graph": (
        "tf.compat.v1.get_default_graph().get_tensor_by_name('a:0')",
        "2 tf-graph",
    ),
    "interactive session": ("s = tf.compat.v1.InteractiveSession()\ns.run(tf.constant(1))", "3 tf-session-run"),
    "run of an eager tensor": (
        "x = tf.constant(1.0)\nwith tf.compat.v1.Session() as s:\n    s.run([{'a': (x,)}])",
        "4 tf-session-run",
    ),
    "run of an eager tensor in a function that is called": (
        "def f(x):\n    y = tf.square(1.0)\n    with tf.compat.v1.Session() as s:\n        s.run(fetches=y)\nf(1)",
        "5 tf-session-run",
    ),
    "run of what a function made eagerly": (
        "def f(v):\n    return tf.compat.v1.assign(v, v)\ny = f(1)\nwith tf.compat.v1.Session() as s:\n    s.run(y)",
        "6 tf-session-run",
    ),
    "run of an assignment that was made": (
        "v = tf.Variable(1.0)\nw = tf.compat.v1.assign(v, 2.0)\nwith tf.compat.v1.Session() as s:\n    s.run(w)",
        "5 tf-session-run",
    ),
    "eval of an eager tensor with a compat session": (
        "s = tf.compat.v1.Session()\nprint(tf.constant(1.0).eval(session=s))",
        "3 tf-tensor-eval",
    ),
    "eval of an eager tensor in a compat session": (
        "x = tf.constant(1.0)\nwith tf.compat.v1.Session():\n    x.eval()",
        "4 tf-tensor-eval",
    ),
    "dynamic_rnn of a Keras cell": (
        "cell = tf.keras.layers.LSTMCell(2)\ntf.compat.v1.nn.dynamic_rnn(cell, x, dtype=tf.float32)",
        "3 tf-legacy-rnn",
    ),
    "monitored session": (
        "with tf.train.MonitoredTrainingSession() as s:\n    s.run(1)",
        "3 tf-session-run",
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_told(case: str, tmp_path: pathlib.Path) -> None:
    text, expected = TOLD[case]
    assert expected in told(tmp_path, f"import tensorflow as tf\n{text}\n")


SILENT = {
    "feed_dict of the project's own function": "def f(feed_dict): pass\nf(feed_dict={})",
    "feed_dict in a graph": (
        "with tf.Graph().as_default():\n    with tf.compat.v1.Session() as s:\n        s.run(x, feed_dict={x: 1})"
    ),
    "feed_dict of a compat session": "with tf.compat.v1.Session() as s:\n    s.run(x, feed_dict={x: 1})",
    "feed_dict in a module of graphs": "tf.compat.v1.disable_v2_behavior()\ndef f(s):\n    s.run(1, feed_dict={})",
    "eval in a graph": "with tf.Graph().as_default():\n    tf.constant(1.0).eval()",
    "eval in a compat session": "with tf.compat.v1.Session():\n    tf.constant(1.0).eval()",
    "eval with a compat session": (
        "with tf.compat.v1.Session() as s:\n    x = tf.constant(1.0)\nprint(x.eval(session=s))"
    ),
    "eval of what may be anything": "def f(x):\n    s = tf.compat.v1.Session()\n    tf.add(x, 1).eval(session=s)",
    "run of what is built in the session": (
        "with tf.compat.v1.Session() as s:\n    x = tf.constant(1.0)\n    print(s.run([x, {'a': tf.square(x)}]))"
    ),
    "run where nothing is eager": (
        "x = tf.Variable(1.0)\nif not tf.executing_eagerly():\n    s = tf.compat.v1.Session()\n    s.run(x)"
    ),
    "run of a part of a graph": (
        "x = tf.import_graph_def(g, return_elements=['x'])\nwith tf.compat.v1.Session() as s:\n    s.run(x)"
    ),
    "run of what may be built in a graph": (
        "def f():\n    x = tf.constant(1.0)\n    with tf.compat.v1.Session() as s:\n        s.run(x)"
    ),
    "run of what is bound in both": (
        "x = tf.constant(1.0)\nwith tf.compat.v1.Session() as s:\n    if s:\n        x = tf.constant(2.0)\n    s.run(x)"
    ),
    "eval of a model": "def f(model):\n    model.eval()",
    "eval with other arguments": "tf.constant(1.0).eval(1, 2, 3)",
    "run of a compat session": "with tf.compat.v1.Session() as s:\n    print(s.run(tf.constant(1.0)))",
    "run of an eager initializer": (
        "with tf.compat.v1.Session() as s:\n    s.run(tf.compat.v1.global_variables_initializer())"
    ),
    "iterator of compat": "tf.compat.v1.data.Dataset.range(3).make_one_shot_iterator()",
    "function for iterators": "it = tf.compat.v1.data.make_one_shot_iterator(tf.data.Dataset.range(3))\nit.get_next()",
    "no reuse": "with tf.compat.v1.variable_scope('a', reuse=False):\n    pass",
    "reuse in a tf.function": (
        "@tf.function\ndef f():\n    with tf.compat.v1.variable_scope('a', reuse=True):\n        pass"
    ),
    "reuse in a library": "def f():\n    with tf.compat.v1.variable_scope('a', reuse=True):\n        pass",
    "minimize of a callable": "tf.compat.v1.train.AdamOptimizer(0.1).minimize(lambda: v * v, var_list=[v])",
    "saver of variables": "tf.compat.v1.train.Saver([tf.Variable(1.0)]).save(None, 'a')",
    "placeholder with default": "tf.compat.v1.placeholder_with_default(1.0, [])",
}


@pytest.mark.parametrize("case", SILENT)
def test_silent(case: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{SILENT[case]}\n") == []


def test_what_is_off_by_default(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow.compat.v1 as tf\n"
        "from tensorflow.python.framework import ops\n"
        "tf.get_variable('a', [])\n"
        "tf.while_loop(a, b, [c])\n"
    )
    assert told(tmp_path, text) == []
    assert told(tmp_path, text, enable="tf-compat-import TF304") == [
        "1 tf-compat-import",
        "3 tf-compat-symbol",
        "4 tf-compat-symbol",
    ]
    assert told(tmp_path, text, enable="all") == [
        "1 tf-compat-import",
        "2 tf-private-import",
        "3 tf-compat-symbol",
        "4 tf-static-control-flow",
    ]


def test_one_finding_a_place(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\nx = tf.contrib.layers.fully_connected(tf.contrib.x.y(1), 2)\n"
    assert told(tmp_path, text) == ["2 tf-contrib", "2 tf-contrib"]


def test_idioms_speak_before_the_general_rules(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\ntf.train.AdamOptimizer(1)\ntf.compat.v1.layers.dense(1, 1)\n"
        "class A(tf.compat.v1.layers.Layer): pass\ntf.contrib.rnn.LSTMCell(1)\ntf.log(1)\ntf.Print(1)\n"
    )
    assert told(tmp_path, text) == [
        "2 tf-legacy-optimizer",
        "3 tf-raising-symbol",
        "4 tf-layers-base-class",
        "5 tf-contrib",
        "6 tf-renamed-symbol",
        "7 tf-removed-symbol",
    ]
