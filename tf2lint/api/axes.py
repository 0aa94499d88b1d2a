"""The two axes along which facts are recorded, and how they unfold into worlds.

Most names change with TensorFlow: their facts lie along the TensorFlow minors. What Keras provides follows the Keras
behind it from TensorFlow 2.16 on: those facts lie along the minors up to 2.15, then the Keras 3 minors, then Keras 2 as
it lives on in `tf_keras`. A place on an axis is called an epoch; the data file stores sets of epochs.
"""

from __future__ import annotations

import functools

from tf2lint.api.versions import KERAS, TENSORFLOW, WORLDS

_FIRST_KERAS = TENSORFLOW.index("2.16")

KERAS_EPOCHS: tuple[str, ...] = (*TENSORFLOW[:_FIRST_KERAS], *(f"keras-{minor}" for minor in KERAS), "legacy")
"""The epochs of names that Keras provides."""

_ON_KERAS = (
    *("tf.keras", "tf.losses", "tf.metrics", "tf.optimizers", "tf.initializers"),
    *("tf.compat.v1.keras", "tf.compat.v1.layers", "tf.compat.v1.nn.rnn_cell", "keras"),
)
_BELOW = tuple(f"{prefix}." for prefix in _ON_KERAS)


@functools.lru_cache(maxsize=65536)
def follows_keras(name: str) -> bool:
    """Whether a name's facts lie along the Keras axis."""
    return f"{name}.".startswith(_BELOW)


def epochs(name: str) -> tuple[str, ...]:
    """The epochs of a name's axis, oldest first."""
    return KERAS_EPOCHS if follows_keras(name) else TENSORFLOW


def _epoch_numbers() -> tuple[list[int], list[int]]:
    tensorflow = []
    keras = []
    for world in WORLDS:
        number = TENSORFLOW.index(world.tensorflow)
        tensorflow.append(number)
        if world.legacy:
            keras.append(len(KERAS_EPOCHS) - 1)
        elif world.keras == "2":
            keras.append(number)
        else:
            keras.append(_FIRST_KERAS + KERAS.index(world.keras))
    return tensorflow, keras


_TENSORFLOW_EPOCH, _KERAS_EPOCH = _epoch_numbers()


def _unfolded(numbers: list[int], count: int) -> list[int]:
    masks = [0] * count
    for world, epoch in enumerate(numbers):
        masks[epoch] |= 1 << world
    return masks


_TENSORFLOW_MASKS = _unfolded(_TENSORFLOW_EPOCH, len(TENSORFLOW))
_KERAS_MASKS = _unfolded(_KERAS_EPOCH, len(KERAS_EPOCHS))
_known: dict[tuple[bool, int], int] = {}


def unfold(mask: int, on_keras: bool) -> int:
    """The set of worlds that a set of epochs stands for."""
    found = _known.get((on_keras, mask))
    if found is None:
        masks = _KERAS_MASKS if on_keras else _TENSORFLOW_MASKS
        found = 0
        for epoch, worlds in enumerate(masks):
            if mask >> epoch & 1:
                found |= worlds
        _known[on_keras, mask] = found
    return found


def epoch(world: int, on_keras: bool) -> int:
    """The epoch that one world (a set with one bit) belongs to."""
    number = world.bit_length() - 1
    return (_KERAS_EPOCH if on_keras else _TENSORFLOW_EPOCH)[number]
