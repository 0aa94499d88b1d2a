"""Loops of Keras that are started in traced code.

https://www.tensorflow.org/api_docs/python/tf/keras/Model
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import TfMember
from tf2lint.tracing import kinds

RULE = Rule(
    code="TF509",
    pylint_id="E6866",
    symbol="tf-fit-in-function",
    summary="Model.fit, evaluate or predict called in traced code.",
    message="{name} {problem}: {hint}.",
    hint="call it from plain Python, or call the model itself: model(x, training=False)",
    url="https://www.tensorflow.org/api_docs/python/tf/keras/Model",
    severity=Severity.BREAKS,
    since="2.2",
)

_LOOPS = frozenset(("fit", "evaluate", "predict"))
_STEPS = frozenset(("train_on_batch", "test_on_batch", "predict_on_batch"))


@on_traced_call(RULE)
def started(call: TracedCall) -> Iterator[Effect]:
    """`model.fit(x, y)`."""
    value = call.value
    if not isinstance(value, TfMember) or not kinds.is_model(value.cls, value.worlds):
        return
    # Keras 2 refuses the single steps as well.
    if value.attribute in _LOOPS or (value.attribute in _STEPS and not kinds.is_new(value.cls, call.worlds)):
        yield call.effect(
            RULE, "runs a tf.function of its own and raises in traced code", once_is_fine=False, lifted_is_fine=True
        )
