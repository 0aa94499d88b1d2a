"""The rules about names."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import told


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
