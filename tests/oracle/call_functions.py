"""Call functions and methods with simple arguments and say whether they give what is expected.

Run by an interpreter with a TensorFlow (Python 3.7 or newer). Standard input has JSON with `functions`, a list of
`[name, class, parameters that must be given]`, and `members`, a list of `[class, attribute, class or "", parameters]`.
Standard output has, for each of these in turn, a line: null where no call worked, true, or the class that it gave
instead. A kernel that is handed nonsense may end the process, or wait; then the caller starts another for the rest.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import warnings
from collections.abc import Callable
from typing import Any


def find(tf: Any, name: str) -> Any:
    """What a canonical name is."""
    found = tf
    for part in name.split(".")[1:]:
        found = getattr(found, part)
    return found


def instances(tf: Any) -> dict[str, Callable[[], Any]]:
    """How instances of some classes are made."""
    v1 = tf.compat.v1
    graph = tf.Graph()
    with graph.as_default():
        operation = v1.placeholder(tf.float32, [2], name="here").op
    ragged = tf.ragged.constant([[1.0], [2.0, 3.0]])
    return {
        "tf.Tensor": lambda: tf.constant([[1.0, 2.0], [3.0, 4.0]]),
        "tf.Variable": lambda: tf.Variable([1.0, 2.0]),
        "tf.compat.v1.Variable": lambda: v1.Variable([1.0, 2.0]),
        "tf.data.Dataset": lambda: tf.data.Dataset.from_tensor_slices([1, 2, 3]),
        "tf.compat.v1.data.Dataset": lambda: v1.data.Dataset.from_tensor_slices([1, 2, 3]),
        "tf.data.TFRecordDataset": lambda: tf.data.TFRecordDataset("x"),
        "tf.data.Iterator": lambda: iter(tf.data.Dataset.range(3)),
        "tf.SparseTensor": lambda: tf.SparseTensor([[0, 0]], [1.0], [2, 2]),
        "tf.RaggedTensor": lambda: ragged,
        "tf.TensorShape": lambda: tf.TensorShape([2, 3]),
        "tf.DType": lambda: tf.float32,
        "tf.Graph": lambda: graph,
        "tf.Operation": lambda: operation,
        "tf.TensorArray": lambda: tf.TensorArray(tf.float32, 2).unstack([1.0, 2.0]),
        "tf.IndexedSlices": lambda: tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([0]), tf.constant([2, 1])),
        "tf.TensorSpec": lambda: tf.TensorSpec([2], tf.float32),
        "tf.random.Generator": lambda: tf.random.Generator.from_seed(1),
        "tf.queue.FIFOQueue": lambda: tf.queue.FIFOQueue(3, [tf.float32], [[]]),
        "tf.linalg.LinearOperatorDiag": lambda: tf.linalg.LinearOperatorDiag([1.0, 2.0]),
        "tf.distribute.Strategy": lambda: tf.distribute.get_strategy(),
        "tf.distribute.MirroredStrategy": lambda: tf.distribute.MirroredStrategy(["/cpu:0"]),
        "tf.keras.Model": lambda: tf.keras.Sequential([tf.keras.layers.Dense(2)]),
        "tf.keras.Sequential": lambda: tf.keras.Sequential([tf.keras.layers.Dense(2)]),
        "tf.keras.layers.Dense": lambda: tf.keras.layers.Dense(2),
        "tf.keras.optimizers.Adam": lambda: tf.keras.optimizers.Adam(),
        "tf.GradientTape": lambda: tf.GradientTape(),
        "tf.train.Checkpoint": lambda: tf.train.Checkpoint(),
        "tf.compat.v1.Session": lambda: v1.Session(graph=graph),
        "tf.Session": lambda: v1.Session(graph=graph),
        "tf.compat.v1.train.AdamOptimizer": lambda: v1.train.AdamOptimizer(),
        "tf.train.AdamOptimizer": lambda: v1.train.AdamOptimizer(),
        "tf.compat.v1.train.Saver": lambda: v1.train.Saver([tf.Variable(1.0)]),
    }


def pool(tf: Any) -> list[Any]:
    """Values that a parameter may like."""
    return [
        tf.constant([[1.0, 2.0], [3.0, 4.0]]),
        tf.constant([1, 2]),
        tf.constant(1),
        tf.constant(0.5),
        2,
        "text",
        [2, 2],
        tf.constant(["a b", "c"]),
        tf.constant([[True, False]]),
        tf.constant([[1 + 1j]]),
        tf.ones([1, 4, 4, 1]),
        tf.float32,
        tf.data.Dataset.range(3),
    ]


def by_name(tf: Any) -> dict[str, list[Any]]:
    """Values for parameters of some names."""
    image = tf.ones([1, 4, 4, 1])
    return {
        "axis": [0],
        "axes": [[0]],
        "dim": [0],
        "dtype": [tf.float32],
        "dtypes": [[tf.float32]],
        "shape": [[2, 2], [4]],
        "size": [2, [2, 2]],
        "multiples": [[1, 1], [1]],
        "paddings": [[[0, 0], [0, 0]]],
        "padding": ["SAME"],
        "strides": [1, [1, 1, 1, 1]],
        "ksize": [2, [1, 2, 2, 1]],
        "image": [image],
        "images": [image, image[0]],
        "filters": [tf.ones([1, 1, 1, 1])],
        "filter": [tf.ones([1, 1, 1, 1])],
        "depth": [3],
        "num": [3],
        "num_classes": [3],
        "segment_ids": [tf.constant([0, 1])],
        "num_segments": [2],
        "perm": [[1, 0]],
        "equation": ["ij,jk->ik"],
        "seed": [[1, 2], 1],
        "filename": ["x"],
        "condition": [tf.constant([[True, False], [True, True]])],
        "batch_size": [2],
        "count": [1],
        "buffer_size": [2],
        "map_func": [lambda *x: x[0]],
        "predicate": [lambda *_: True],
        "func": [lambda x: x],
    }


def attempts(function: Callable[..., Any], parameters: list[str], tf: Any) -> Any:
    """The results of the calls that worked."""
    values, named = pool(tf), by_name(tf)
    choices = [named.get(parameter, values) for parameter in parameters]
    alike = [[value if parameter not in named else named[parameter][0] for parameter in parameters] for value in values]
    mixed = itertools.islice(itertools.product(*choices), 60)
    worked = 0
    for arguments in itertools.chain(alike, map(list, mixed)):
        try:
            result = function(*arguments)
        except BaseException:  # noqa: BLE001 - most combinations make no sense
            continue
        if result is not None:
            yield result
            worked += 1
            if worked > 3:
                return


def verdict(results: Any, expected: Any) -> Any:
    """null where there is no result, True where all are as expected, else the class of one that is not."""
    found: Any = None
    for result in results:
        if not isinstance(result, expected):
            return type(result).__module__ + "." + type(result).__name__
        found = True
    return found


def main(answer: Callable[[Any], None]) -> None:
    """Ask everything that standard input names."""
    import tensorflow as tf

    asked = json.loads(sys.stdin.read())
    for name, expected, parameters in asked["functions"]:
        try:
            function, cls = find(tf, name), find(tf, expected)
        except AttributeError as error:
            answer("no such name: " + str(error))
            continue
        answer(verdict(attempts(function, parameters, tf), cls))
    makers = instances(tf)
    for owner, attribute, expected, parameters in asked["members"]:
        try:
            made = makers[owner]()
            cls = find(tf, expected)
            if parameters is None:
                answer(verdict([value for value in [getattr(made, attribute)] if value is not None], cls))
            else:
                answer(verdict(attempts(getattr(made, attribute), parameters, tf), cls))
        except BaseException:  # noqa: BLE001 - not in this mode, or not made like this
            answer(None)


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    warnings.simplefilter("ignore")
    output = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(output, "w") as stream:

        def line(answer: Any) -> None:
            """One answer; what takes longer than some seconds waits for something that will not come."""
            stream.write(json.dumps(answer) + "\n")
            stream.flush()
            signal.alarm(20)

        main(line)
    os._exit(0)  # Threads of queues and strategies may linger.
