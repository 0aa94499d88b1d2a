"""Checkpoints and models saved or loaded in traced code.

https://www.tensorflow.org/guide/checkpoint#manual_checkpointing
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import TfMember
from tf2lint.tracing import kinds

RULE = Rule(
    code="TF508",
    pylint_id="E6865",
    symbol="tf-checkpoint-in-function",
    summary="A checkpoint or a model saved or loaded in traced code.",
    message="{name} {problem}: {hint}.",
    hint="do it between the calls of the tf.function, in plain Python",
    url="https://www.tensorflow.org/guide/checkpoint#manual_checkpointing",
    severity=Severity.BREAKS,
    since="2.0",
)

_NAMES = frozenset(
    "tf.train.Checkpoint.save tf.train.CheckpointManager.save tf.saved_model.save tf.saved_model.load".split()
)
_OF_MODEL = frozenset(("save", "save_weights", "load_weights", "export"))


@on_traced_call(RULE)
def used(call: TracedCall) -> Iterator[Effect]:
    """`checkpoint.save(path)`, `tf.saved_model.save(module, path)`, `model.save_weights(path)`."""
    value = call.value
    of_model = isinstance(value, TfMember) and value.attribute in _OF_MODEL and kinds.is_model(value.cls, value.worlds)
    if call.name in _NAMES or of_model:
        yield call.effect(RULE, "raises in traced code", once_is_fine=False, lifted_is_fine=True)
