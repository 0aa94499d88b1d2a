"""Say which attributes instances of some classes have.

Run by an interpreter with a TensorFlow (Python 3.7 or newer). Standard input has JSON, `{class: [attribute, …]}`;
standard output has, for each class of which an instance could be made, those of the attributes that it has.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any


def makers(tf: Any) -> dict[str, Callable[[], list[Any]]]:
    """How instances are made: several where they differ."""
    keras, v1 = tf.keras, tf.compat.v1
    eager = tf.executing_eagerly()

    def model(built: bool) -> Any:
        made = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))] if built else [keras.layers.Dense(2)])
        made.compile("adam", "mse")
        return made

    def functional() -> Any:
        inputs = keras.Input((3,))
        return keras.Model(inputs, keras.layers.Dense(2)(inputs))

    def layer() -> Any:
        made = keras.layers.Dense(2)
        made.build((None, 3))
        return made

    return {
        "tf.Tensor": lambda: [tf.constant([1.0, 2.0])],
        "tf.Variable": lambda: [tf.Variable([1.0, 2.0])],
        "tf.TensorShape": lambda: [tf.TensorShape([2, None])],
        "tf.DType": lambda: [tf.float32],
        "tf.Graph": lambda: [tf.Graph()],
        "tf.SparseTensor": lambda: [tf.SparseTensor([[0, 0]], [1.0], [2, 2])],
        "tf.RaggedTensor": lambda: [tf.ragged.constant([[1], [2, 3]])],
        "tf.TensorArray": lambda: [tf.TensorArray(tf.float32, 2)],
        "tf.data.Dataset": lambda: [tf.data.Dataset.range(3), tf.data.Dataset.range(3).map(lambda x: x).batch(2)],
        "tf.data.Iterator": lambda: [iter(tf.data.Dataset.range(3))] if eager else [],
        "tf.keras.Model": lambda: [model(True), model(False), functional()],
        "tf.keras.Sequential": lambda: [model(True), model(False)],
        "tf.keras.layers.Dense": lambda: [keras.layers.Dense(2), layer()],
        "tf.keras.layers.Embedding": lambda: [keras.layers.Embedding(3, 2)],
        "tf.keras.layers.LSTM": lambda: [keras.layers.LSTM(2)],
        "tf.keras.layers.BatchNormalization": lambda: [keras.layers.BatchNormalization()],
        "tf.keras.optimizers.Adam": lambda: [keras.optimizers.Adam()],
        "tf.keras.optimizers.SGD": lambda: [keras.optimizers.SGD()],
        "tf.keras.losses.MeanSquaredError": lambda: [keras.losses.MeanSquaredError()],
        "tf.keras.metrics.Mean": lambda: [keras.metrics.Mean()],
        "tf.keras.callbacks.TensorBoard": lambda: [keras.callbacks.TensorBoard("logs")],
        "tf.keras.callbacks.EarlyStopping": lambda: [keras.callbacks.EarlyStopping()],
        "tf.train.Checkpoint": lambda: [tf.train.Checkpoint(step=tf.Variable(1))],
        "tf.distribute.MirroredStrategy": lambda: [tf.distribute.MirroredStrategy(["/cpu:0"])],
        "tf.distribute.Strategy": lambda: [tf.distribute.get_strategy()],
        "tf.GradientTape": lambda: [tf.GradientTape()],
        "tf.Module": lambda: [tf.Module()],
        "tf.lite.Interpreter": list,
        "tf.compat.v1.train.AdamOptimizer": lambda: [v1.train.AdamOptimizer()],
        "tf.compat.v1.Session": lambda: [v1.Session(graph=tf.Graph())],
    }


def main() -> dict[str, list[str]]:
    """Ask everything that standard input names."""
    import tensorflow as tf

    known = makers(tf)
    found: dict[str, list[str]] = {}
    for name, attributes in json.loads(sys.stdin.read()).items():
        try:
            made = known[name]()
        except BaseException as error:  # noqa: BLE001 - this TensorFlow has no such class, or other arguments
            print(name, repr(error), file=sys.stderr)
            continue
        if made:
            # `dir` too: reading a property may fail where the object is not in the state for it.
            found[name] = [word for word in attributes if any(word in dir(one) or hasattr(one, word) for one in made)]
    return found


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    warnings.simplefilter("ignore")
    output = os.dup(1)
    os.dup2(2, 1)
    answers = main()
    with os.fdopen(output, "w") as stream:
        json.dump(answers, stream)
