"""Keras layers and models made in traced code.

https://www.tensorflow.org/guide/function#creating_tfvariables
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference import classes
from tf2lint.inference.evaluator import Evaluator
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Class, TfName
from tf2lint.tracing import kinds

RULE = Rule(
    code="TF502",
    pylint_id="E6859",
    symbol="tf-layer-in-function",
    summary="A Keras layer or model made anew by every trace.",
    message="{name} {problem}: {hint}.",
    hint="make it once, outside of traced code: for a layer or model, in __init__",
    url="https://www.tensorflow.org/guide/function#creating_tfvariables",
    severity=Severity.BREAKS,
    since="2.0",
)

# Run under TensorFlow 2.15 and 2.21: these make variables when they are called; the others, `Flatten`, do not.
_WEIGHTED = re.compile(
    r"""(Einsum)?Dense | Dense\w+ | (Depthwise|Separable|LocallyConnected)?Conv(olution)?(LSTM)?\dD(Transpose)? |
    SeparableConv\dD | DepthwiseConv\dD | ConvLSTM\dD(Cell)? | LocallyConnected\dD | Embedding |
    (Batch|Layer|Group|Spectral|RMS)Normalization | ((CuDNN)?(LSTM|GRU)|SimpleRNN)(Cell)? | StackedRNNCells |
    Bidirectional | MultiHeadAttention | GroupQueryAttention | PReLU""",
    re.VERBOSE,
)
# These keep the state of their random numbers in a variable, with Keras 3 only.
_SEEDED = re.compile(
    r"((Alpha|Gaussian|Spatial)?Dropout(\dD)?) | GaussianNoise | Random(?!Uniform|Normal|Fourier)\w+", re.VERBOSE
)
_MODELS = frozenset("Sequential Model models.Sequential models.Model".split())
_MAKERS = frozenset("models.clone_model models.load_model saving.load_model".split())


@on_traced_call(RULE)
def of_keras(call: TracedCall) -> Iterator[Effect]:
    """`tf.keras.layers.Dense(1)`."""
    name = kinds.below_keras(call.name) if isinstance(call.value, TfName) else None
    if name is None:
        return
    if (
        name in _MAKERS
        or name in _MODELS
        or (name.startswith("applications.") and name.rpartition(".")[2][:1].isupper())
    ):
        yield call.effect(RULE, "makes a model in every trace (ValueError)")
    elif name.startswith("layers."):
        if is_weighted(name[7:]):
            yield call.effect(RULE, "makes a layer, and its weights, in every trace (ValueError)")
        elif _is_seeded(name[7:]) and kinds.is_new(call.name, call.worlds):
            yield call.effect(RULE, "makes a layer, and the state of its random numbers, in every trace (ValueError)")


@on_traced_call(RULE)
def of_project(call: TracedCall) -> Iterator[Effect]:
    """`Block()`, a subclass of `tf.keras.layers.Layer`."""
    if not isinstance(call.value, Class):
        return
    bases = classes.tf_bases(call.ev, call.value.node)
    if any(kinds.is_layer(base.name, base.worlds) for base in bases) and has_state(call.ev, call.value.node):
        effect = "makes a layer or model in every trace"
        yield call.effect(RULE, effect, name=call.value.node.name)


@functools.lru_cache(maxsize=512)
def is_weighted(name: str) -> bool:
    """Whether a layer of Keras, by the last part of its name, has weights."""
    return _WEIGHTED.fullmatch(name) is not None


@functools.lru_cache(maxsize=512)
def _is_seeded(name: str) -> bool:
    return _SEEDED.fullmatch(name) is not None


def has_state(ev: Evaluator, cls: nodes.ClassDef) -> bool:
    """Whether the instances of a class surely have weights: made in `build`, or by layers made in `__init__`."""
    return ev.memo.once(("has weights", cls), lambda: _finds_state(ev, cls), False)


def _finds_state(ev: Evaluator, cls: nodes.ClassDef) -> bool:
    for owner in (Class(cls), *classes.bases(ev, cls)):
        if isinstance(owner, TfName):
            name = kinds.below_keras(owner.name) or ""
            if name.startswith("layers.") and is_weighted(name[7:]):
                return True
        if not isinstance(owner, Class):
            continue
        for node in owner.node.nodes_of_class(nodes.Call):
            name = last_name(node.func)
            if name in ("add_weight", "Variable"):
                return True
            if is_weighted(name) and any(
                isinstance(v, TfName) and (kinds.below_keras(v.name) or "").startswith("layers.")
                for v in ev.value_of(node.func)
            ):
                return True
    return False
