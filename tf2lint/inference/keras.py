"""What Keras gives: models from its factories, and the symbolic tensors that functional models are built of."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.inference.index import Index, index_of
from tf2lint.inference.returns import legacy
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

_ROOTS = ("tf.keras.", "keras.", "tf.compat.v1.keras.")
_INPUTS = frozenset(("Input", "layers.Input"))
_MODEL_MAKERS = frozenset(
    "models.load_model saving.load_model models.clone_model models.model_from_json models.model_from_config".split()
)
_SYMBOLIC = ("layers.", "ops.", "activations.")
"""Modules whose functions make a symbolic tensor of one."""
_LAYERS = frozenset(("tf.keras.Layer", "tf.keras.layers.Layer", "keras.Layer", "keras.layers.Layer"))
_METRICS = frozenset(("tf.keras.Metric", "tf.keras.metrics.Metric", "keras.Metric", "keras.metrics.Metric"))
_MODELS = frozenset(("tf.keras.Model", "keras.Model"))

# Run under TensorFlow 2.21 with Keras 3.15: the functions of these modules refuse symbolic tensors, save those named.
_MODULES = frozenset(
    (
        "",
        *"audio bitwise debugging dtypes experimental.numpy image linalg math math.special nn quantization".split(),
        *"ragged random raw_ops sets signal sparse strings".split(),
    )
)
_TAKES = frozenset(
    """
    Assert as_dtype assert_proper_iterable control_dependencies custom_gradient device disable_check_numerics
    enable_check_numerics function get_static_value grad_pass_through group init_scope is_numeric_tensor
    is_symbolic_tensor is_tensor name_scope no_gradient no_op nondifferentiable_batch_function print
    random_normal_initializer random_uniform_initializer recompute_grad set_global_generator timestamp tuple
    variable_creator_scope register_tensor_conversion_function type_spec_from_value dimension_value
    """.split()
)
_BACKEND_TAKES = frozenset("eval get_value int_shape is_keras_tensor is_sparse name_scope to_dense".split())


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
    return bool(wanted & {cls, *api.ancestors(cls, api.newest(worlds))})


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


@functools.lru_cache(maxsize=2048)
def refuses(name: str) -> bool:
    """Whether a function of TensorFlow, by canonical name, takes no symbolic tensor with Keras 3."""
    of_keras = below_keras(name)
    if of_keras is not None:
        owner, _, last = of_keras.rpartition(".")
        return owner == "backend" and last not in _BACKEND_TAKES and _is_function(name)
    owner, _, last = legacy(name)[1].rpartition(".")
    return owner in _MODULES and last not in _TAKES and (_is_function(name) or name == "tf.Variable")


def _is_function(name: str) -> bool:
    symbol = api.symbol(name)
    return symbol is not None and symbol.kind is api.Kind.FUNCTION and bool(symbol.worlds & versions.KERAS_3)


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
    if name is None or name.startswith("backend."):
        # With Keras 2 it gives another one. With Keras 3 it raises; what follows is judged as if it had not.
        return (_of_symbolic(ev, node, value.worlds) or None) if refuses(value.name) else None
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


def spells_symbolic(ev: Evaluator, module: nodes.Module) -> bool:
    """Whether a module spells anything that gives symbolic tensors."""
    return ev.memo.once(("symbolic tensors", module), lambda: _spells_symbolic(index_of(ev, module)), False)


def _spells_symbolic(index: Index) -> bool:
    return any(name.endswith("Input") for name in index.calls_by_name) or any(
        node.attrname in ("input", "output") for node in index.attributes
    )


def _of_symbolic(ev: Evaluator, node: nodes.Call, worlds: int) -> Values | None:
    if not spells_symbolic(ev, node.root()):
        return None
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    parts = [_parts(ev, argument) for argument in arguments]
    if parts and not parts[0]:
        return NOTHING  # The argument depends on this very call, as in a loop: the other way to it decides.
    found = union(parts)
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
