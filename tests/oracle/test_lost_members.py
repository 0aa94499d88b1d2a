"""Attributes that instances lost, against instances."""

from __future__ import annotations

import json
import pathlib
import subprocess

from tf2lint import api

HERE = pathlib.Path(__file__).parent
CLASSES = (
    "tf.Tensor tf.Variable tf.TensorShape tf.DType tf.Graph tf.SparseTensor tf.RaggedTensor tf.TensorArray "
    "tf.data.Dataset tf.data.Iterator tf.keras.Model tf.keras.Sequential tf.keras.layers.Dense "
    "tf.keras.layers.Embedding tf.keras.layers.LSTM tf.keras.layers.BatchNormalization tf.keras.optimizers.Adam "
    "tf.keras.optimizers.SGD tf.keras.losses.MeanSquaredError tf.keras.metrics.Mean tf.keras.callbacks.TensorBoard "
    "tf.keras.callbacks.EarlyStopping tf.train.Checkpoint tf.distribute.MirroredStrategy tf.distribute.Strategy "
    "tf.GradientTape tf.Module tf.compat.v1.train.AdamOptimizer tf.compat.v1.Session"
).split()


def test_what_is_lost_is_not_there(tensorflow_python: str, tensorflow_minor: str) -> None:
    world = api.bit(tensorflow_minor)
    lost: dict[str, list[str]] = {}
    for cls in CLASSES:
        ever = {member for number in range(len(api.WORLDS)) for member in api.members(cls, 1 << number)}
        lost[cls] = sorted(member for member in ever if api.lost_member(cls, member, world))
    done = subprocess.run(
        [tensorflow_python, str(HERE / "make_instances.py")],
        input=json.dumps(lost),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert {cls: names for cls, names in found.items() if names} == {}
    assert len(found) > 15
