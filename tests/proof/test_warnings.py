"""What TensorFlow's own upgrade script warns of, each entry of it: told by a rule, or no finding for a reason."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import told
from tools import upgrade_tables

CACHE = pathlib.Path(__file__).parents[2] / ".cache" / "sources"

_ASSERTION = "it gives None where it gave an operation: control_dependencies takes both, and no argument changed"
_METHOD = "a method of any object: told where the receiver is known to be a model"
NO_FINDING = {
    "*.save": _METHOD,
    "*.export_savedmodel": _METHOD,
    "tf.debugging.assert_integer": _ASSERTION,
    "tf.debugging.assert_type": _ASSERTION,
    "tf.distribute.MirroredStrategy": "its constructor is the same, the lost methods are told where they are called",
}

_SHARDED = "{name}(x, x, partition_strategy='mod')"
_ARGUMENTS = {
    "tf.debugging.assert_integer": "{name}(x, 'message')",
    "tf.debugging.assert_type": "{name}(x, tf.float32, 'message')",
    "tf.debugging.assert_scalar": "x = {name}(x)",
    "tf.summary.audio": "{name}('name', x, 44100)",
    "tf.saved_model.load": "{name}(session, ['serve'], 'path')",
    **dict.fromkeys(
        ("tf.nn.nce_loss", "tf.nn.sampled_softmax_loss"), "{name}(x, x, x, x, 1, 2, partition_strategy='mod')"
    ),
    **{f"tf.nn.{name}": _SHARDED for name in ("embedding_lookup", "embedding_lookup_sparse")},
    "tf.nn.safe_embedding_lookup_sparse": _SHARDED,
}


def call(name: str) -> str:
    """A call as programs of TensorFlow 1 had it, with what the warning is about."""
    if name in _ARGUMENTS:
        return _ARGUMENTS[name].format(name=name)
    last = name.rpartition(".")[2]
    if last.startswith("assert_") and "contrib" not in name:
        return f"{name}(x, [x])" if last.split("_", 1)[1] in _OF_ONE else f"{name}(x, 1, data=[x])"
    if "initializer" in name:
        return f"{name}(dtype=tf.float32)"
    return f"{name}('name', x)"


_OF_ONE = ("negative", "positive", "non_negative", "non_positive")


@pytest.mark.skipif(not CACHE.is_dir(), reason="no unpacked wheels in .cache/sources")
def test_every_warning_is_told(tmp_path: pathlib.Path) -> None:
    names = sorted(upgrade_tables.warnings(CACHE))
    assert len(names) > 150
    silent = {name for name in names if name not in NO_FINDING and not _told(tmp_path, name)}
    assert silent == set()
    assert set(NO_FINDING) <= set(names)
    assert {name for name in NO_FINDING if not name.startswith("*") and _told(tmp_path, name)} == set()


def _told(folder: pathlib.Path, name: str) -> list[str]:
    text = f"import tensorflow as tf\nx = tf.placeholder(tf.float32)\n{call(name)}\n"
    return [line for line in told(folder, text) if line.startswith("3 ")]
