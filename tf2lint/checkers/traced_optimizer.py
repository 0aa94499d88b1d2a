"""Keras optimizers and metrics made in traced code.

https://www.tensorflow.org/guide/function#using_with_multiple_keras_optimizers
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference import classes
from tf2lint.inference.calls import is_class
from tf2lint.inference.values import Class, TfName
from tf2lint.tracing import kinds

RULE = Rule(
    code="TF503",
    pylint_id="E6860",
    symbol="tf-optimizer-in-function",
    summary="An optimizer or a metric made anew by every trace.",
    message="{name} {problem}: {hint}.",
    hint="make it once, outside of traced code",
    url="https://www.tensorflow.org/guide/function#using_with_multiple_keras_optimizers",
    severity=Severity.BREAKS,
    since="2.0",
)

_STATELESS = ("optimizers.schedules.", "optimizers.legacy.schedules.")


@on_traced_call(RULE)
def of_keras(call: TracedCall) -> Iterator[Effect]:
    """`tf.keras.optimizers.Adam()`, `tf.keras.metrics.Mean()`."""
    if not isinstance(call.value, TfName):
        return
    name = kinds.below_keras(call.name) or ""
    if name.startswith(("optimizers.", "metrics.")) and not name.startswith(_STATELESS):
        if is_class(call.name) and not name.endswith(("Optimizer", "Metric")):
            kind = "an optimizer" if name.startswith("optimizers.") else "a metric"
            yield call.effect(RULE, f"makes {kind}, and its variables, in every trace (ValueError)")
    elif call.legacy.startswith("train.") and call.name.endswith("Optimizer"):
        yield call.effect(RULE, "makes an optimizer, and its variables, in every trace (ValueError)")


@on_traced_call(RULE)
def of_project(call: TracedCall) -> Iterator[Effect]:
    """`MyMetric()`, a subclass of `tf.keras.metrics.Metric`."""
    if isinstance(call.value, Class):
        bases = classes.tf_bases(call.ev, call.value.node)
        if any(kinds.is_metric(base.name, base.worlds) for base in bases):
            problem = "makes a metric, and its variables, in every trace (ValueError)"
            yield call.effect(RULE, problem, name=call.value.node.name)
