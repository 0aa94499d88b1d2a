"""Why a traced function is not converted, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.tracing import conversion, scopes

if TYPE_CHECKING:
    from tf2lint.tracing.traced import Traced

_BY_KERAS = frozenset("train_step test_step predict_step compute_loss compute_metrics __call__".split())


def culprit(traced: Traced) -> Traced:
    """The first function of a chain that is not converted: because of it those below are not either."""
    return next((step for step in traced.chain if step.converted is False), traced)


def why_unconverted(traced: Traced, worlds: int) -> str:
    """What to say of a function that is not converted, as a clause of its own."""
    first = culprit(traced)
    why = _why(first, worlds)
    because = f", because {why}" if why else ""
    return f"AutoGraph does not convert `{scopes.name_of(first.function)}`{because}"


def _why(traced: Traced, worlds: int) -> str:
    function, name = traced.function, getattr(traced.function, "name", "")
    of_keras = "that Keras traces" in traced.reason
    if traced.caller is None and of_keras:
        if "activation" in traced.reason:
            return "Keras calls it as the activation of a layer"
        return f"Keras does not convert `{name}`" if name in _BY_KERAS else "Keras 3 does not convert what it calls"
    left = conversion.why_left_alone(function, worlds)
    if left:
        return left
    if traced.caller is None:
        if traced.reason == "a tf.function":
            return "it is made with autograph=False"
        return "tf.vectorized_map calls it" if "vectorized_map" in traced.reason else ""
    if name == "call":
        return "Keras 3 does not convert what it calls"
    if isinstance(traced.at, nodes.Call):
        return f"`{traced.at.func.as_string()}` calls it"
    return ""
