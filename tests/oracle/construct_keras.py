"""Construct Keras' classes with one keyword more: run by an interpreter with a TensorFlow (Python 3.7 or newer).

Standard input has JSON, `{"tf.keras.layers.Dense": ["fused", …], …}`. Standard output has for each class `[null, {…}]`,
with the error that each keyword led to (null where there was none), or `[error, {}]` where the class could not be made.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from typing import Any

# What classes want before they can be made: by the class's name, else by the parameter's.
BY_CLASS: dict[str, dict[str, Any]] = {
    "Attention": {},
    "CSVLogger": {"filename": "log.csv"},
    "CategoryEncoding": {"num_tokens": 4, "max_tokens": 4},
    "CategoryCrossing": {},
    "CenterCrop": {"height": 2, "width": 2},
    "ConvLSTM1D": {"filters": 2, "kernel_size": 2},
    "CosineDecay": {"initial_learning_rate": 0.1, "decay_steps": 3},
    "Discretization": {"bin_boundaries": [0.0, 1.0], "bins": [0.0, 1.0]},
    "EinsumDense": {"equation": "ab,bc->ac", "output_shape": 3},
    "Embedding": {"input_dim": 4, "output_dim": 2},
    "LambdaCallback": {},
    "Lambda": {"function": abs},
    "LearningRateScheduler": {"schedule": abs},
    "ModelCheckpoint": {"filepath": "x.weights.h5", "save_weights_only": True},
    "BackupAndRestore": {"backup_dir": "backup"},
    "MeanIoU": {"num_classes": 2},
    "IoU": {"num_classes": 2, "target_class_ids": [0]},
    "BinaryIoU": {},
    "OneHotIoU": {"num_classes": 2, "target_class_ids": [0]},
    "OneHotMeanIoU": {"num_classes": 2},
    "MelSpectrogram": {},
    "Normalization": {},
    "Permute": {"dims": [1]},
    "RandomPosterization": {"factor": 3},
    "RandomTranslation": {"height_factor": 0.2, "width_factor": 0.2},
    "Reshape": {"target_shape": [1]},
    "TextVectorization": {},
}
BY_PARAMETER = {
    "units": 2,
    "filters": 2,
    "kernel_size": 2,
    "pool_size": 2,
    "rate": 0.25,
    "factor": 0.25,
    "stddev": 0.5,
    "seed": 1,
    "n": 2,
    "axes": 1,
    "target_shape": [1],
    "activation": "relu",
    "num_classes": 2,
    "precision": 0.5,
    "recall": 0.5,
    "sensitivity": 0.5,
    "specificity": 0.5,
    "thresholds": 0.5,
    "height": 2,
    "width": 2,
    "height_factor": 0.2,
    "output_size": 2,
    "max_number": 2,
    "normalizer": [1.0],
    "num_bins": 3,
    "num_heads": 2,
    "head_dim": 2,
    "num_query_heads": 2,
    "num_key_value_heads": 1,
    "key_dim": 2,
    "groups": 1,
    "scale": 2.0,
    "output_dim": 2,
    "input_dim": 4,
    "target_class_ids": [0],
    "name": "named",
    "initial_learning_rate": 0.1,
    "decay_steps": 3,
    "decay_rate": 0.5,
    "first_decay_steps": 3,
    "boundaries": [1],
    "values": [0.1, 0.2],
    "max_value": 3,
    "minimum": 1,
    "x": 0.5,
    "crossing_dim": 2,
    "mean": 0.0,
    "value": 1,
}


def required(cls: Any, tf: Any) -> dict[str, Any]:
    """The arguments that a class must have; the value of what is not known is None."""
    import inspect

    found: dict[str, Any] = {}
    initializer = cls.__init__
    parameters = list(inspect.signature(initializer).parameters.values())[1:]
    known = BY_CLASS.get(cls.__name__)
    for parameter in parameters:
        if known is not None and parameter.name in known:
            found[parameter.name] = known[parameter.name]
        elif parameter.default is parameter.empty and parameter.kind in (1, 3):
            if parameter.name == "layer":
                cell = tf.keras.layers.LSTM(2) if cls.__name__ == "Bidirectional" else tf.keras.layers.Dense(2)
                found["layer"] = cell
            elif parameter.name in ("cell", "cells"):
                made = tf.keras.layers.LSTMCell(2)
                found[parameter.name] = made if parameter.name == "cell" else [made]
            elif parameter.name in ("optimizer", "inner_optimizer", "opt"):
                found[parameter.name] = tf.keras.optimizers.SGD()
            elif parameter.name == "fn" or parameter.name == "function":
                found[parameter.name] = tf.keras.losses.MeanSquaredError().call
            else:
                found[parameter.name] = BY_PARAMETER.get(parameter.name)
    return found


def attempt(cls: Any, arguments: dict[str, Any]) -> str | None:
    """The error that a call leads to."""
    try:
        cls(**arguments)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test decides
        return type(error).__name__ + ": " + str(error)[:300]
    return None


def main() -> dict[str, Any]:
    """Try everything."""
    import tensorflow as tf

    found: dict[str, Any] = {}
    for name, keywords in json.loads(sys.stdin.read()).items():
        cls = tf
        for part in name.split(".")[1:]:
            cls = getattr(cls, part)
        try:
            base = required(cls, tf)
        except BaseException as error:  # noqa: BLE001 - as above
            found[name] = [repr(error)[:300], {}]
            continue
        broken = attempt(cls, base)
        tried: dict[str, str | None] = {}
        if broken is None:
            for keyword in keywords:
                tried[keyword] = attempt(cls, {**base, keyword: base.get(keyword)})
        found[name] = [broken, tried]
        tf.keras.backend.clear_session()
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
