"""Defaults that changed, and values that are no longer understood.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#false_friend_apis
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.checkers.arguments import RENAMED
from tf2lint.checkers.base import Called, on_called
from tf2lint.checkers.changed_behavior import RULE, changed, constants, number
from tf2lint.findings import Finding
from tf2lint.inference.tensors import static_shape
from tf2lint.inference.values import Function


@changed(
    "tf.random_normal_initializer tf.initializers.random_normal tf.initializers.truncated_normal", of_tensorflow_1=True
)
def deviation(called: Called) -> Iterator[Finding]:
    """A standard deviation of 1.0, now 0.05."""
    if called.argument("stddev") is None and not called.arguments.open_keywords:
        problem = "draws with a standard deviation of 0.05 since TensorFlow 2.0, of 1.0 before"
        yield called.finding(RULE, called.node.func, problem, hint="write stddev=1.0")


@changed("tf.random_uniform_initializer tf.initializers.random_uniform", of_tensorflow_1=True)
def interval(called: Called) -> Iterator[Finding]:
    """From 0 to 1, now from -0.05 to 0.05."""
    missing = [name for name in ("minval", "maxval") if called.argument(name) is None]
    if missing and not called.arguments.open_keywords:
        problem = "draws from -0.05 to 0.05 since TensorFlow 2.0, from 0 to 1 before"
        values = " and ".join({"minval": "minval=0.0", "maxval": "maxval=1.0"}[name] for name in missing)
        yield called.finding(RULE, called.node.func, problem, hint=f"write {values}")


_HARD_SIGMOID = "lambda x: tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)"


@changed("tf.keras.activations.hard_sigmoid", of_tensorflow_1=True)
def hard_sigmoid(called: Called) -> Iterator[Finding]:
    """A line of slope 1/5 before Keras 3, of slope 1/6 since."""
    if called.worlds & versions.KERAS_3:
        problem = "rises by 1/6 in Keras 3, and by 1/5 before"
        hint = "write tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)"
        yield called.finding(RULE, called.node.func, problem, hint=hint)


@changed("tf.keras.losses.cosine_similarity tf.keras.losses.CosineSimilarity", of_tensorflow_1=True)
def similarity(called: Called) -> Iterator[Finding]:
    """As a loss it is negative since 2.0, so that less is better."""
    problem = "is negative since TensorFlow 2.0, the similarity itself before"
    yield called.finding(RULE, called.node.func, problem, hint="drop the minus sign that made a loss of it")


@changed(
    "tf.keras.layers.GRU tf.keras.layers.LSTM tf.keras.layers.GRUCell tf.keras.layers.LSTMCell", of_tensorflow_1=True
)
def recurrent(called: Called) -> Iterator[Finding]:
    """The activation of the gates was "hard_sigmoid"; the reset gate of a GRU stood before the product."""
    # What is called hard_sigmoid has another slope in Keras 3.
    keras_3 = called.worlds & versions.KERAS_3
    wanted = {"recurrent_activation": _HARD_SIGMOID if keras_3 else '"hard_sigmoid"'}
    if "GRU" in called.name:
        wanted["reset_after"] = "False"
    missing = [f"{name}={value}" for name, value in wanted.items() if called.argument(name) is None]
    if missing and not called.arguments.open_keywords:
        problem = "has other gates by default since TensorFlow 2.0"
        hint = f"write {' and '.join(missing)} to keep the old ones"
        yield called.finding(RULE, called.node.func, problem, hint=hint)


@changed("tf.keras.layers.BatchNormalization", of_tensorflow_1=True)
def frozen(called: Called) -> Iterator[Finding]:
    """A layer that is not trained uses its moving averages since 2.0, also where it is called with training=True."""
    given = called.argument("trainable")
    if given is not None and constants(called, given.value) == [False]:
        problem = "normalises by its moving averages where it is not trainable, since TensorFlow 2.0"
        hint = "leave trainable=False out if the statistics of the batch are meant"
        yield called.finding(RULE, given.place, problem, hint=hint)


@changed("tf.constant", only_in_graph=True)
def filled(called: Called) -> Iterator[Finding]:
    """`tf.constant([1, 2], shape=[4])` repeated the last value."""
    value, shape = called.argument("value"), called.argument("shape")
    if value is None or shape is None or not isinstance(value.value, nodes.List | nodes.Tuple):
        return
    given = static_shape(called.module.ev, value.value)
    wanted = _product(called, shape.value)
    sizes = [size for size in given or () if size is not None]
    count = math.prod(sizes) if given and len(sizes) == len(given) else None
    if count is not None and wanted is not None and 1 < count < wanted:
        problem = f"needs {wanted} values for this shape since TensorFlow 2.0, and repeated the last before (TypeError)"
        yield called.finding(RULE, shape.place, problem, hint="write all values, or use tf.fill")


def _product(called: Called, shape: nodes.NodeNG) -> int | None:
    items = shape.elts if isinstance(shape, nodes.List | nodes.Tuple) else [shape]
    numbers = [number(called, item) for item in items]
    known = [int(value) for value in numbers if value is not None]
    return math.prod(known) if len(known) == len(numbers) else None


@changed("tf.name_scope")
def no_scope(called: Called) -> Iterator[Finding]:
    """`tf.name_scope(None)` left all scopes."""
    given = called.argument("name")
    bound = called.bound(called.newest)
    if given is not None and bound is not None and bound.fits and constants(called, given.value) == [None]:
        problem = "takes no None since TensorFlow 2.0 (ValueError)"
        yield called.finding(RULE, given.place, problem, hint="leave the scope out")


@changed("tf.device", only_in_graph=True)
def device_of(called: Called) -> Iterator[Finding]:
    """`tf.device(choose)`, a function of the operation."""
    given = next(iter(called.arguments.positional), None) or called.arguments.keywords.get("device_name_or_function")
    values = called.module.values(given.value) if given is not None else []
    if given is not None and values and all(isinstance(value, Function) for value in values):
        problem = "takes no function since TensorFlow 2.0 (RuntimeError)"
        yield called.finding(RULE, given.place, problem, hint="name the device where the operations are made")


_BLOCKS = "tf.batch_to_space tf.space_to_batch tf.nn.space_to_batch"


@changed(_BLOCKS)
def blocks(called: Called) -> Iterator[Finding]:
    """`tf.batch_to_space(x, crops, 2)`: the size of a block in the last place, as one number."""
    if len(called.arguments.positional) > 2 and called.arguments.given < 2:
        size = called.arguments.positional[2]
        given = number(called, size.value)
        if given is not None:
            problem = "takes block_shape in the second place since TensorFlow 2.0, a list of a size for each dimension"
            yield called.finding(RULE, size.place, problem, hint=f"write block_shape=[{given}, {given}]")


@on_called(RENAMED, _BLOCKS, order=10)
def block_size(called: Called) -> Iterator[Finding]:
    """`block_size=2`, which is not just called `block_shape` now."""
    given = called.arguments.keywords.get("block_size")
    signature = called.callee.signature(called.newest)
    if given is None or signature is None or signature.get("block_size") is not None:
        return
    size = number(called, given.value)
    if size is not None and "block_size" not in called.arguments.given_keywords:
        problem = "takes no block_size= since TensorFlow 2.0 (TypeError)"
        yield called.finding(RENAMED, given.place, problem, hint=f"write block_shape=[{size}, {size}]")


@changed("tf.zeros_like tf.ones_like")
def optimized(called: Called) -> Iterator[Finding]:
    """`tf.zeros_like(x, tf.float32, "name", False)`: the last said whether to use a static shape."""
    given = called.argument("layout")
    if given is not None and constants(called, given.value) in ([True], [False]):
        problem = "takes a layout in the fourth place, where optimize was (AttributeError)"
        yield called.finding(RULE, given.place, problem, hint="leave it out")


@changed("tf.gather", in_compat=False)
def ignored(called: Called) -> Iterator[Finding]:
    """`tf.gather(x, i, 1)`: the third place is no axis, before and after."""
    given = called.argument("validate_indices")
    axis = number(called, given.value) if given is not None else None
    if given is not None and axis and called.argument("axis") is None:
        problem = "takes validate_indices in the third place, and ignores it: the axis stays 0"
        yield called.finding(RULE, given.place, problem, hint=f"write axis={axis}")


@changed("tf.where")
def rows(called: Called) -> Iterator[Finding]:
    """A vector of conditions chose rows; it is broadcast along the last dimension since 2.0."""
    condition, *values = (called.argument(name) for name in ("condition", "x", "y"))
    shape = static_shape(called.module.ev, condition.value) if condition is not None else None
    if condition is None or shape is None or len(shape) != 1:
        return
    for value in values:
        other = static_shape(called.module.ev, value.value) if value is not None else None
        if other is None or len(other) < 2:
            continue
        clash = None not in (shape[0], other[-1]) and shape[0] not in (1, other[-1]) and other[-1] != 1
        if clash or called.module.of_tensorflow_1:
            problem = "compares a vector of conditions with columns since TensorFlow 2.0, and chose rows before"
            hint = "give the condition as many dimensions as the values: condition[:, None]"
            yield called.finding(RULE, condition.place, problem, hint=hint)
            return
