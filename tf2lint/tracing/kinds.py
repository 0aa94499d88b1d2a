"""What of Keras a name is, through whichever package: `tf.keras`, `keras` or `tf_keras`, which is Keras 2.

And which objects of the project are nothing to TensorFlow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.api import versions
from tf2lint.inference import classes, keras
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Class, TfName

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_LEGACY = "tf_keras."
_OWN_TYPE = frozenset(("__tf_tracing_type__", "__tf_flatten__", "__len__", "__array__", "__tf_tensor__"))
"""What makes objects of a class something else than mere objects to TensorFlow."""
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


def is_plain(ev: Evaluator, cls: nodes.ClassDef) -> bool:
    """Whether objects of a class of the project are mere objects to TensorFlow, known by their identity alone."""
    for owner in (Class(cls), *classes.bases(ev, cls)):
        if isinstance(owner, TfName):
            if owner.name != "tf.Module":
                return False
        elif (
            not isinstance(owner, Class)
            or owner.node.locals.keys() & _OWN_TYPE
            or _decorators(owner.node) & {"s", "attrs", "attrib", "define", "frozen"}
        ):
            return False
    return True


def _decorators(cls: nodes.ClassDef) -> set[str]:
    listed = cls.decorators.nodes if cls.decorators else []
    return {last_name(one.func if isinstance(one, nodes.Call) else one) for one in listed}
