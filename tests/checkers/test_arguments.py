"""The rules about arguments: what they tell, and what they leave alone."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import findings, target, told

TOLD = {
    "alias": ("r = tf.reduce_sum\nr(x, keep_dims=True)", "4 tf-renamed-argument"),
    "from import": ("from tensorflow import argmax as best\nbest(x, dimension=1)", "4 tf-renamed-argument"),
    "module alias": ("m = tf.math\nm.argmax(x, dimension=1)", "4 tf-renamed-argument"),
    "getattr": ('getattr(tf, "argmax")(x, dimension=1)', "3 tf-renamed-argument"),
    "self attribute": (
        "class A:\n    def g(self):\n        self.h = tf.argmax\n        return self.h(1, dimension=1)",
        "6 tf-renamed-argument",
    ),
    "partial": ("import functools\nfunctools.partial(tf.reduce_sum, keep_dims=True)", "4 tf-renamed-argument"),
    "call of a partial": (
        "import functools\nf = functools.partial(tf.reduce_sum, x)\nf(keep_dims=True)",
        "5 tf-renamed-argument",
    ),
    "place of a partial": (
        'import functools\nf = functools.partial(tf.boolean_mask, x, x)\nf("name")',
        "5 tf-reordered-arguments",
    ),
    "dict call": ("tf.reduce_sum(x, **dict(keep_dims=True))", "3 tf-renamed-argument"),
    "dict display": ('tf.reduce_sum(x, **{"keep_dims": True})', "3 tf-renamed-argument"),
    "variable with a dict": ("o = dict(keep_dims=True)\ntf.reduce_sum(x, **o)", "4 tf-renamed-argument"),
    "tuple": ('tf.boolean_mask(*(x, x, "name"))', "3 tf-reordered-arguments"),
    "super": (
        "class D(tf.keras.layers.LSTM):\n    def __init__(self):\n        super().__init__(3, time_major=True)",
        "5 tf-keras-argument",
    ),
    "base by name": (
        "B = tf.keras.layers.LSTM\nclass D(B):\n    def __init__(self):\n        B.__init__(self, 3, time_major=True)",
        "6 tf-keras-argument",
    ),
    "constructor of a subclass": (
        "class D(tf.keras.layers.LSTM):\n    pass\nD(3, time_major=True)",
        "5 tf-keras-argument",
    ),
    "method of an instance": (
        "m = tf.keras.Sequential()\nm.compile('sgd', sample_weight_mode='temporal')",
        "4 tf-keras-argument",
    ),
    "closed keywords": ("tf.keras.optimizers.Adam(lr=0.1)", "3 tf-keras-argument"),
    "no version has it": ("tf.nn.sigmoid_cross_entropy_with_logits(targets=x, logits=x)", "3 tf-removed-argument"),
    "axis first": ("tf.concat(0, [x, x])", "3 tf-reordered-arguments"),
    "name where the axis is": ('tf.gather(x, x, None, "name")', "3 tf-reordered-arguments"),
    "type where a bool is": ("tf.size(x, 'count')", "3 tf-reordered-arguments"),
    "too many": ("tf.argmax(x, 1, None, None, tf.int32)", "3 tf-positional-argument"),
    "new required": ("tf.image.draw_bounding_boxes(x, x)", "3 tf-missing-argument"),
    "either of two": ("f = tf.argmax if x else tf.argmin\nf(x, dimension=1)", "4 tf-renamed-argument"),
}

SILENT = {
    "correct TensorFlow 2": "tf.boolean_mask(x, x, 1)\ntf.transpose(x, [1, 0], True)\ntf.gather(x, x, None, 1)",
    "kept keyword": "tf.nn.l2_normalize(x, dim=1)",
    "compat": "tf.compat.v1.reduce_sum(x, keep_dims=True)\ntf.compat.v1.boolean_mask(x, x, 'name')",
    "keywords from elsewhere": "def f(**o):\n    tf.reduce_sum(x, **o)\n    tf.image.draw_bounding_boxes(**o)",
    "a dict that grows": "o = dict(axis=1)\no['name'] = 'x'\ntf.reduce_sum(x, **o)",
    "arguments from elsewhere": "def f(*a):\n    tf.image.draw_bounding_boxes(*a)\n    tf.size(*a, 'n')",
    "one of two": "def g(x, keep_dims): pass\nf = tf.reduce_sum if x else g\nf(x, keep_dims=True)",
    "own function": "def reduce_sum(x, keep_dims): pass\nreduce_sum(x, keep_dims=True)",
    "own constructor": ("class D(tf.keras.layers.LSTM):\n    def __init__(self, time_major): pass\nD(time_major=True)"),
    "unfinished": "import functools\nfunctools.partial(tf.image.draw_bounding_boxes, x)",
    "none": "tf.boolean_mask(x, x, None)",
    "guarded": "if tf.__version__.startswith('1.'):\n    tf.reduce_sum(x, keep_dims=True)",
    "deprecated, accepted": "tf.keras.layers.Dense(1, input_shape=(2,))\ntf.keras.layers.LeakyReLU(alpha=0.1)",
    "subclass with a metaclass": ("class D(tf.keras.layers.LSTM, metaclass=M):\n    pass\nD(3, time_major=True)"),
}


def program(text: str) -> str:
    return f"import tensorflow as tf\nx = [[1.0]]\n{text}\n"


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str, tmp_path: pathlib.Path) -> None:
    text, finding = TOLD[name]
    assert told(tmp_path, program(text)) == [finding]


@pytest.mark.parametrize("name", SILENT)
def test_silent(name: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, program(SILENT[name])) == []


def test_evidence_of_tensorflow_1(tmp_path: pathlib.Path) -> None:
    """What a value can not decide, the module does: if it is TensorFlow 1's, and not on its way to 2."""
    text = "def f(x, y):\n    tf.gather(x, y, None, y)"
    assert told(tmp_path, program(text)) == []
    assert told(tmp_path, program(f"tf.placeholder(tf.float32)\n{text}")) == [
        "3 tf-placeholder",
        "5 tf-reordered-arguments",
    ]
    assert told(tmp_path, program(f"tf.placeholder(tf.float32)\ntf.summary.create_file_writer('a')\n{text}")) == [
        "3 tf-placeholder"
    ]


def test_a_value_of_today_is_left_alone(tmp_path: pathlib.Path) -> None:
    """Even in a module of TensorFlow 1."""
    text = "tf.placeholder(tf.float32)\ntf.boolean_mask(x, x, 1)"
    assert told(tmp_path, program(text)) == ["3 tf-placeholder"]


@pytest.mark.parametrize(
    ("text", "tensorflow", "words"),
    [
        (
            "tf.reduce_sum(x, keep_dims=True)",
            None,
            "takes no keep_dims= since TensorFlow 2.0 (TypeError): it is keepdims=",
        ),
        ("tf.reduce_sum(x, keep_dims=True)", ">=1.15", "in TensorFlow 2.0-2.21"),
        ("tf.function(x, jit_compile=True)", ">=2.1", "in TensorFlow 2.1-2.4 (TypeError): it came with 2.5"),
        ("tf.string_to_hash_bucket(string_tensor=x)", None, "tf.strings.to_hash_bucket, for tf.string_to_hash_bucket,"),
        ("tf.argmax(x, 1, None, None, tf.int32)", None, "no 5th positional argument since TensorFlow 2.0"),
        ("tf.reduce_sum(x, axes=1)", None, "it has axis="),
    ],
)
def test_messages_name_the_versions(text: str, tensorflow: str | None, words: str, tmp_path: pathlib.Path) -> None:
    worlds = target(tensorflow) if tensorflow else None
    messages = [f.message for f in findings(tmp_path, program(text), worlds=worlds) if f.rule.code.startswith("TF4")]
    assert [words in message for message in messages] == [True]


def test_versions_without_the_change_are_silent(tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, program("tf.reduce_sum(x, keep_dims=True)"), worlds=target("==1.15.*")) == []
    assert told(tmp_path, program("tf.keras.optimizers.Adam(lr=1)"), worlds=target("==2.21.*", "<3")) == []


def test_one_finding_for_what_a_rename_explains(tmp_path: pathlib.Path) -> None:
    """`value=` is `input=` now: that input is missing is not told as well."""
    text = "tf.nn.max_pool(value=x, ksize=2, strides=1, padding='SAME')"
    assert told(tmp_path, program(text)) == ["3 tf-renamed-argument"]
