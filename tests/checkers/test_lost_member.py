"""Members that instances lost: what is told, and what is left alone."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import target, told

TOLD = {
    "shapes of a dataset": ("d = tf.data.Dataset.range(3).map(f)\nd.output_shapes", "3 tf-lost-member"),
    "of what a method gives": ("s = tf.distribute.MirroredStrategy()\ns.experimental_run_v2(f)", "3 tf-lost-member"),
    "on the class": ("tf.lite.TFLiteConverter.from_session(s)", "2 tf-lost-member"),
    "on a class that is abstract now": ("tf.data.Iterator.from_structure(s)", "2 tf-lost-member"),
    "in a subclass": ("class M(tf.keras.Model):\n    def f(self):\n        self.fit_generator(1)", "4 tf-lost-member"),
    "annotated": ("def f(o: tf.keras.optimizers.Adam):\n    o.minimize(1)", "3 tf-lost-member"),
    "set by its old name": ("o = tf.keras.optimizers.SGD()\no.lr = 1.0", "3 tf-changed-behavior"),
    "an optimizer of TensorFlow 1 for Keras": (
        "m = tf.keras.Sequential()\nm.compile(tf.compat.v1.train.AdamOptimizer(0.1))",
        "3 tf-keras-argument",
    ),
}
SILENT = {
    "not known": "def f(d):\n    d.output_shapes\n    d.fit_generator(1)",
    "own method": "class M(tf.keras.Model):\n    def fit_generator(self): pass\nM().fit_generator()",
    "own attribute": "class M(tf.keras.Model):\n    def f(self):\n        self.updates = 1\n        self.updates.x()",
    "guarded": "d = tf.data.Dataset.range(3)\nif hasattr(d, 'output_shapes'):\n    pass\n"
    "try:\n    d.output_shapes\nexcept AttributeError:\n    pass",
    "another base": "from other import B\nclass M(B, tf.keras.Model):\n    def f(self):\n        self.fit_generator(1)",
    "there still": "tf.data.Dataset.range(3).element_spec\ntf.keras.Sequential().fit(1)",
}


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str, tmp_path: pathlib.Path) -> None:
    text, finding = TOLD[name]
    assert told(tmp_path, f"import tensorflow as tf\n{text}\n") == [finding]


@pytest.mark.parametrize("name", SILENT)
def test_silent(name: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{SILENT[name]}\n") == []


@pytest.mark.parametrize("name", ["in a subclass", "annotated", "set by its old name"])
def test_silent_where_the_project_has_keras_2(name: str, tmp_path: pathlib.Path) -> None:
    worlds = target("==2.21.*", "<3") if name == "in a subclass" else target("==2.10.*")
    assert told(tmp_path, f"import tensorflow as tf\n{TOLD[name][0]}\n", worlds=worlds) == []
