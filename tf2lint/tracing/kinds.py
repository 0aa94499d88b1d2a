"""What of Keras a name is, through whichever package: `tf.keras`, `keras` or `tf_keras`, which is Keras 2."""

from __future__ import annotations

from tf2lint.api import versions
from tf2lint.inference import keras

_LEGACY = "tf_keras."
_KERAS_2 = ((1 << len(versions.WORLDS)) - 1) & ~versions.KERAS_3


def below_keras(name: str) -> str | None:
    """A canonical name without the package; None for what is not of Keras."""
    return name[len(_LEGACY) :] if name.startswith(_LEGACY) else keras.below_keras(name)


def is_layer(cls: str, worlds: int) -> bool:
    """Whether a class, by canonical name, is a Keras layer or model."""
    return keras.is_layer(_in_tf(cls), worlds)


def is_model(cls: str, worlds: int) -> bool:
    """Whether a class, by canonical name, is a Keras model."""
    return keras.is_model(_in_tf(cls), worlds)


def is_metric(cls: str, worlds: int) -> bool:
    """Whether a class, by canonical name, is a Keras metric."""
    return keras.is_metric(_in_tf(cls), worlds)


def keras_worlds(name: str, worlds: int) -> int:
    """The worlds in which a name is one of Keras: for `tf_keras` some that have Keras 2; 0 for other names."""
    if name.startswith(_LEGACY):
        return _KERAS_2
    return worlds if keras.below_keras(name) is not None else 0


def is_new(name: str, worlds: int) -> bool:
    """Whether a name is of Keras 3 in all of some worlds."""
    found = keras_worlds(name, worlds)
    return bool(found) and not found & ~versions.KERAS_3


def _in_tf(name: str) -> str:
    return f"tf.keras.{name[len(_LEGACY) :]}" if name.startswith(_LEGACY) else name
