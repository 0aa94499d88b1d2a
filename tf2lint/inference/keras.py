"""What Keras gives: models from its factories, and the symbolic tensors that functional models are built of."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.inference.values import (
    NOTHING,
    TfInstance,
    TfName,
    Unknown,
    Value,
    Values,
    known,
    only,
    union,
    unknown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tf2lint.inference.evaluator import Evaluator

TENSOR = "tf.keras.KerasTensor"
"""The class of the symbolic tensors: what `keras.Input` gives, and what layers make of such."""

_ROOTS = ("tf.keras.", "keras.")
_INPUTS = frozenset(("Input", "layers.Input"))
_MODEL_MAKERS = frozenset(
    "models.load_model saving.load_model models.clone_model models.model_from_json models.model_from_config".split()
)
_SYMBOLIC = ("layers.", "ops.", "activations.")
"""Modules whose functions make a symbolic tensor of one."""
_LAYERS = frozenset(("tf.keras.Layer", "tf.keras.layers.Layer", "keras.Layer", "keras.layers.Layer"))
_METRICS = frozenset(("tf.keras.Metric", "tf.keras.metrics.Metric", "keras.Metric", "keras.metrics.Metric"))
_MODELS = frozenset(("tf.keras.Model", "keras.Model"))


def below_keras(name: str) -> str | None:
    """A canonical name without `tf.keras.` or `keras.`; None for what is not of Keras."""
    for root in _ROOTS:
        if name.startswith(root):
            return name[len(root) :]
    return None


@functools.lru_cache(maxsize=1024)
def _derives(cls: str, worlds: int, wanted: frozenset[str]) -> bool:
    if not worlds or below_keras(cls) is None:
        return False
    return bool(wanted & {cls, *api.ancestors(cls, 1 << (worlds.bit_length() - 1))})


def is_layer(cls: str, worlds: int) -> bool:
    """Whether a class, by canonical name, is a Keras layer or model in the newest of the worlds."""
    return _derives(cls, worlds, _LAYERS)


def is_metric(cls: str, worlds: int) -> bool:
    """Whether a class, by canonical name, is a Keras metric in the newest of the worlds."""
    return _derives(cls, worlds, _METRICS)


def is_model(cls: str, worlds: int) -> bool:
    """Whether a class, by canonical name, is a Keras model in the newest of the worlds."""
    return _derives(cls, worlds, _MODELS)


def is_tensor(value: Value) -> bool:
    """Whether a value is a symbolic tensor of Keras, or a collection of such."""
    return isinstance(value, TfInstance) and value.cls == TENSOR


def is_symbolic(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression surely gives a symbolic tensor of Keras, or a display with one in it."""
    display = ev.literal(node)
    if isinstance(display, nodes.List | nodes.Tuple):
        return any(is_symbolic(ev, element) for element in display.elts)
    values = ev.value_of(node)
    return bool(values) and all(is_tensor(value) for value in values)


def made(ev: Evaluator, value: TfName, node: nodes.Call) -> Values | None:
    """What calling a function of Keras gives, if it is a model or a symbolic tensor."""
    name = below_keras(value.name)
    if name is None:
        return None
    if name in _INPUTS:
        return only(TfInstance(TENSOR, value.worlds))
    last = name.rpartition(".")[2]
    if name in _MODEL_MAKERS or (name.startswith("applications.") and last[:1].isupper()):
        return only(TfInstance(f"{value.name.removesuffix(name)}Model", value.worlds))
    if name.startswith(_SYMBOLIC):
        return _of_symbolic(ev, node, value.worlds)
    return None


def called(ev: Evaluator, cls: str, worlds: int, node: nodes.Call) -> Values | None:
    """What calling an instance gives, if it is a layer and an argument a symbolic tensor."""
    return _of_symbolic(ev, node, worlds) if is_layer(cls, worlds) else None


def _of_symbolic(ev: Evaluator, node: nodes.Call, worlds: int) -> Values | None:
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    found = NOTHING
    for argument in arguments:
        found |= _parts(ev, argument)
    if not any(is_tensor(value) for value in found):
        return None
    result = only(TfInstance(TENSOR, worlds))
    return result if any(is_symbolic(ev, argument) for argument in arguments) else result | unknown("call")


def _parts(ev: Evaluator, node: nodes.NodeNG) -> Values:
    display = ev.literal(node)
    if isinstance(display, nodes.List | nodes.Tuple):
        return union(_parts(ev, element) for element in display.elts)
    return ev.value_of(node)


def attribute(value: TfInstance, name: str) -> Values | None:
    """What `input` and `output` of a functional model are. One with several has lists of them."""
    if name in ("input", "output") and is_model(value.cls, value.worlds) and not value.cls.endswith("Sequential"):
        return only(TfInstance(TENSOR, value.worlds))
    return None


def computed(sides: Sequence[Values]) -> Values | None:
    """What an operator or a subscript gives, if an operand is a symbolic tensor."""
    found = union(sides)
    tensors = frozenset(value for value in found if is_tensor(value))
    if not tensors:
        return None
    certain = any(known(side) and all(is_tensor(v) for v in side) for side in sides)
    return tensors if certain else tensors | frozenset((Unknown("operation"),))
