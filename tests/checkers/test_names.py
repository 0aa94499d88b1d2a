"""The rules about names."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import findings, target, told


@pytest.mark.parametrize(
    "text",
    [
        "isinstance(x, tf.keras.optimizers.legacy.Optimizer)",
        "def f(x: tf.keras.optimizers.legacy.Optimizer): pass",
        "import typing\nT = typing.Union[int, tf.keras.optimizers.legacy.Optimizer]",
    ],
)
def test_legacy_optimizers_can_be_named(text: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{text}\n") == []


@pytest.mark.parametrize(
    "text", ["tf.keras.optimizers.legacy.SGD(0.1)", "class A(tf.keras.optimizers.legacy.Optimizer): pass"]
)
def test_legacy_optimizers_can_not_be_made(text: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{text}\n") == ["2 tf-raising-symbol"]


def test_cells_of_compat_can_be_imported(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\nfrom tensorflow.compat.v1.nn.rnn_cell import LSTMCell\nLSTMCell(2)\n"
        "tf.compat.v1.nn.rnn_cell.LSTMCell(2)\nfrom tensorflow.compat.v1.layers import dense\n"
    )
    assert told(tmp_path, text) == ["4 tf-raising-symbol", "5 tf-raising-symbol"]


def test_after_a_failure_that_no_handler_catches(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\ntry:\n    x = tf.placeholder\n    y = tf.log\n"
        "except tf.errors.NotFoundError:\n    pass\n"
    )
    assert told(tmp_path, text) == ["3 tf-placeholder", "4 tf-renamed-symbol"]


UNAVAILABLE = {
    ("tf.keras.optimizers.experimental.Adam(1)", None): (
        "2.21 (AttributeError): it was removed in 2.16, with Keras 3: use tf.keras.optimizers.Adam."
    ),
    ("tf.keras.optimizers.experimental.Adam(1)", ">=2.12"): (
        "2.16-2.21 (AttributeError): it was removed in 2.16, with Keras 3; you target 2.12-2.21: "
        "use tf.keras.optimizers.Adam."
    ),
    ("tf.keras.optimizers.experimental.Adam(1)", ">=2.4"): (
        "2.4-2.8, 2.16-2.21 (AttributeError): it appears only in 2.9 and was removed in 2.16, with Keras 3; "
        "you target 2.4-2.21: use tf.keras.optimizers.Adam."
    ),
    ("tf.keras.utils.set_random_seed(1)", ">=2.4,<2.12"): (
        "2.4-2.6 (AttributeError): it appears only in 2.7; you target 2.4-2.11: "
        "write what every targeted version has, or check the version first."
    ),
    ("tf.lookup.experimental.DatasetInitializer", None): (
        "2.21 (AttributeError): it was removed in 2.6: "
        "write what every targeted version has, or check the version first."
    ),
    ("tf.keras.ops.abs(1)", ">=2.14"): (
        "2.14-2.15 (AttributeError): it appears only in 2.16, with Keras 3; you target 2.14-2.21: "
        "write what every targeted version has, or check the version first."
    ),
    ("from tensorflow.keras.layers.experimental.preprocessing import Resizing", None): (
        "2.21 (ImportError): it was removed in 2.16, with Keras 3: use tf.keras.layers.Resizing."
    ),
    ("tf.keras.losses.kl_divergence", None): ("2.21 (AttributeError): it was removed in Keras 3.3: use tf.losses.KLD."),
}


@pytest.mark.parametrize(("use", "worlds"), UNAVAILABLE)
def test_names_that_came_and_went(use: str, worlds: str | None, tmp_path: pathlib.Path) -> None:
    """The message says which versions lack the name, why, and what is targeted if these are only a part of it."""
    (finding,) = findings(tmp_path, f"import tensorflow as tf\n{use}\n", worlds=target(worlds) if worlds else None)
    assert finding.rule.symbol == "tf-unavailable-symbol"
    assert finding.message.split("does not exist in TensorFlow ")[1] == UNAVAILABLE[use, worlds]


@pytest.mark.parametrize(
    ("use", "worlds"),
    [
        ("tf.keras.optimizers.experimental.Adam(1)", ">=2.9,<2.16"),
        ("tf.keras.utils.set_random_seed(1)", ">=2.7"),
        ("if hasattr(tf.keras.utils, 'set_random_seed'):\n    tf.keras.utils.set_random_seed(1)", ">=2.4"),
        ("try:\n    tf.keras.utils.set_random_seed(1)\nexcept AttributeError:\n    pass", ">=2.4"),
        ("tf.no_such_name", ">=2.4"),
        ("tf.keras.layers.experimental.preprocessing.NoSuchLayer", ">=2.4,<2.16"),
    ],
)
def test_names_that_are_there(use: str, worlds: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{use}\n", worlds=target(worlds)) == []


def test_the_rule_of_tensorflow_1_speaks_for_what_that_had(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.estimator.Estimator(1)\ntf.keras.backend.get_session()\n"
    found = told(tmp_path, text, worlds=target(">=2.12"))
    assert "tf-unavailable-symbol" not in " ".join(found)


IMPORT_PATHS = {
    "from tensorflow.distribute import Strategy": [(">=2.7", True), (">=2.2,<2.7", False), (">=2.5", True)],
    "import tensorflow.losses": [(">=2.4", True), ("==1.15.*", False)],
    "from tensorflow import losses": [(">=2.4", False)],
    "from tensorflow.losses import MeanSquaredError": [(">=2.4", True)],
    "from tensorflow.keras.losses import MeanSquaredError": [(">=2.4", False)],
    "import importlib\nimportlib.import_module('tensorflow.losses')": [(">=2.4", True)],
    "try:\n    import tensorflow.losses\nexcept ImportError:\n    pass": [(">=2.4", False)],
    "tf.keras.saving.load_weights": [("==2.21.*", True)],
    "tf.keras.saving.get_custom_objects": [("==2.21.*", True), ("==2.15.*", False)],
    "from tensorflow.keras.saving import load_model\ntf.keras.saving.get_custom_objects": [("==2.21.*", False)],
    "import tensorflow.keras.saving\ntf.keras.saving.get_custom_objects": [("==2.21.*", False)],
    "from tensorflow.keras import saving\nsaving.get_custom_objects()": [("==2.21.*", False)],
    "tf.python.framework.ops.Tensor": [(">=2.0", True), ("==1.15.*", False)],
    "from tensorflow.python.framework import ops\ntf.python.framework.ops.Tensor": [(">=2.0", True)],
    "from tensorflow.python.framework import ops\nops.Tensor": [(">=2.0", False)],
    "tf.dtensor.python": [(">=2.10", False)],
    "from tensorflow.compat.v1.keras import Input": [("==2.15.*", False), ("==2.21.*", True)],
}


@pytest.mark.parametrize("text", IMPORT_PATHS)
def test_import_paths(text: str, tmp_path: pathlib.Path) -> None:
    for worlds, wrong in IMPORT_PATHS[text]:
        found = told(tmp_path, f"import tensorflow as tf\n{text}\n", worlds=target(worlds))
        assert [line.split()[1] for line in found] == ["tf-import-path"] * wrong, worlds


def test_an_import_in_a_module_that_is_imported_binds_too(tmp_path: pathlib.Path) -> None:
    files = {"other.py": "import tensorflow.keras.saving\n"}
    text = "import tensorflow as tf\nimport other\ntf.keras.saving.get_custom_objects()\n"
    assert told(tmp_path, text, files=files) == []


def test_the_right_form_is_told(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\nfrom tensorflow.distribute import Strategy\ntf.keras.saving.get_custom_objects()\n"
        "tf.python.framework.ops.Tensor\n"
    )
    hints = [finding.message.split(": ")[1] for finding in findings(tmp_path, text)]
    assert hints == [
        "write tf.distribute.Strategy after import tensorflow as tf.",
        "write from tensorflow.keras.saving import get_custom_objects.",
        "use the public name below tf, or import from tensorflow.python.",
    ]
