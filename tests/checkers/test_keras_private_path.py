"""Paths into the implementation of Keras."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import findings, target, told

PATHS: dict[str, dict[str | None, bool]] = {
    "from keras.layers.core import Dense": {None: True, ">=2.6,<2.13": False, "<2.6": False, ">=2.12,<2.14": True},
    "from keras.engine.topology import Layer": {None: True, ">=2.6,<2.13": False},
    "from keras.utils import np_utils": {None: True, "==2.12.*": False},
    "import keras.layers.merge": {None: True, "==2.8.*": False, "==2.9.*": True},
    "import importlib\nimportlib.import_module('keras.engine')": {None: True, "==2.12.*": False},
    "from keras.src.engine import keras_tensor": {None: True, "==2.15.*": False, "==2.12.*": True},
    "from keras.src.utils.module_utils import tensorflow": {None: False, "==2.12.*": True},
    "from tensorflow.python.keras.applications import resnet": {None: True, "==2.7.*": False, "==1.15.*": False},
    "from tensorflow.python.keras.layers import Dense": {None: False, "==2.7.*": False},
    "import tensorflow.python.keras.backend": {None: False},
    "from tensorflow.python.keras.layers.preprocessing import text_vectorization": {"==2.0.*": True, "==2.7.*": False},
    "from keras.layers import Dense": {None: False, "==2.6.*": False},
    "from keras import backend": {None: False},
    "import keras.losses": {None: False, "==2.12.*": False},
    "from tf_keras.src.engine import keras_tensor": {None: False},
    "try:\n    from keras.engine import x\nexcept ImportError:\n    pass": {None: False},
}


@pytest.mark.parametrize("text", PATHS)
def test_paths(text: str, tmp_path: pathlib.Path) -> None:
    for worlds, wrong in PATHS[text].items():
        found = told(tmp_path, f"{text}\n", worlds=target(worlds) if worlds else None)
        assert [line.split()[1] for line in found] == ["tf-keras-private-path"] * wrong, worlds


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("from keras.layers.core import Dense", "use keras.layers.Dense."),
        ("from keras.engine.topology import Layer", "use keras.layers.Layer."),
        ("from keras.utils import np_utils", "use what is public in keras.utils."),
        ("from keras.engine import keras_tensor", "use what is public in keras."),
        ("from keras.src.engine.training import Model", "use keras.models.Model."),
        ("from tensorflow.python.keras.layers.noise import GaussianNoise", "use tf.keras.layers.GaussianNoise."),
    ],
)
def test_the_public_name(text: str, hint: str, tmp_path: pathlib.Path) -> None:
    (finding,) = findings(tmp_path, f"{text}\n")
    assert finding.message.endswith(f": {hint}")


def test_a_guard_of_the_version(tmp_path: pathlib.Path) -> None:
    """As in TensorFlow Addons."""
    text = (
        "import tensorflow as tf\nfrom packaging.version import Version\n"
        "if Version(tf.__version__).release >= Version('2.13').release:\n"
        "    from keras.src.engine import keras_tensor\n"
        "elif Version(tf.__version__).release >= Version('2.6').release:\n    from keras.engine import keras_tensor\n"
        "else:\n    from tensorflow.python.keras.engine import keras_tensor\n"
    )
    assert told(tmp_path, text, worlds=target(">=2.4,<2.16")) == []
    assert told(tmp_path, text, worlds=target(">=2.4")) == ["4 tf-keras-private-path"]


def test_the_package_beside_tf_keras_is_a_keras_3(tmp_path: pathlib.Path) -> None:
    """Which one is not known: nothing is said of it."""
    text = "import keras\nkeras.ops.abs(1)\nfrom keras.layers.core import Dense\n"
    assert told(tmp_path, text, worlds=target("==2.21.*", "<3")) == []


def test_what_only_keras_3_has_is_used_with_keras_3(tmp_path: pathlib.Path) -> None:
    text = "import keras\nkeras.ops.abs(1)\nkeras.utils.set_random_seed(1)\n"
    assert told(tmp_path, text, worlds=target(">=2.12")) == []
