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


SWITCH = "tf.config.experimental.disable_mlir_graph_optimization()"
UNAVAILABLE = {
    (SWITCH, None): (
        "2.21 (AttributeError): it was removed in 2.12: "
        "write what every targeted version has, or check the version first."
    ),
    (SWITCH, ">=2.9"): (
        "2.12-2.21 (AttributeError): it was removed in 2.12; you target 2.9-2.21: "
        "write what every targeted version has, or check the version first."
    ),
    (SWITCH, ">=2.0"): (
        "2.0-2.2, 2.12-2.21 (AttributeError): it appears only in 2.3 and was removed in 2.12; you target 2.0-2.21: "
        "write what every targeted version has, or check the version first."
    ),
    ("tf.keras.optimizers.experimental.Adam(1)", ">=2.4,<2.16"): (
        "2.4-2.8 (AttributeError): it appears only in 2.9; you target 2.4-2.15: use tf.keras.optimizers.Adam."
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
        ("tf._api", ">=2.4"),
        ("tf.__file__", ">=2.4"),
        ("tf.keras.layers.Dense.no_such_member", ">=2.4"),
        ("tf.python.no_such_module", "==1.15.*"),
        ("from tensorflow.python.framework import no_such_module", ">=2.4"),
        ("if hasattr(tf, 'no_such_name'):\n    tf.no_such_name()", ">=2.4"),
        ("try:\n    tf.no_such_name()\nexcept AttributeError:\n    pass", ">=2.4"),
        ("tf.no_such_name = 1\ntf.no_such_name", ">=2.4"),
        ("import keras\nkeras.no_such_name", ">=2.4"),
        ("class A:\n    lib = tf\nA().lib.no_such_name", ">=2.4"),
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


def test_the_version_of_the_package_keras(tmp_path: pathlib.Path) -> None:
    """Other than `tf.keras.__version__`, which 2.13 to 2.15 lack, every release has it."""
    text = "import keras\nimport tensorflow as tf\nkeras.__version__\ntf.keras.__version__\n"
    assert told(tmp_path, text, worlds=target(">=2.12")) == ["4 tf-removed-symbol"]


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ("tf.get_shape(1)", "tf.get_shape is in no TensorFlow from 1.15 to 2.21 (AttributeError): "),
        ("tf.compat.v1.summary.historgram(1)", ": the nearest name is tf.compat.v1.summary.histogram."),
        ("from tensorflow import get_shape", "tf.get_shape is in no TensorFlow from 1.15 to 2.21 (ImportError): "),
        ("tf.io.gfile.Exists(1)", "tf.io.gfile.Exists is in no TensorFlow"),
        ("tf.random.stateless_shuffle(1)", ": the nearest name is tf.random.experimental.stateless_shuffle."),
        ("tf.compat.v1.AdamOptimizer(1)", ": the nearest name is tf.compat.v1.train.AdamOptimizer."),
        ("tf.batch_svd(1)", ": look for the name that was meant."),
    ],
)
def test_names_that_were_never_there(use: str, message: str, tmp_path: pathlib.Path) -> None:
    """Looked for under eight releases, as an attribute and as an import."""
    (finding,) = findings(tmp_path, f"import tensorflow as tf\n{use}\n")
    assert finding.rule.symbol == "tf-unavailable-symbol"
    assert message in finding.message
