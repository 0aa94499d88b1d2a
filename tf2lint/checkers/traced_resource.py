"""Queues and summary writers made in traced code.

https://www.tensorflow.org/api_docs/python/tf/summary/create_file_writer
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import TfName

RULE = Rule(
    code="TF505",
    pylint_id="E6862",
    symbol="tf-resource-in-function",
    summary="A queue or a summary writer made in traced code, which is gone when the trace ends.",
    message="{name} {problem}: {hint}.",
    hint="make it once, outside of traced code",
    url="https://www.tensorflow.org/api_docs/python/tf/summary/create_file_writer",
    severity=Severity.BREAKS,
    since="2.0",
)

_GONE = "lives only as long as the trace: what runs later does not find it (NotFoundError)"


@on_traced_call(RULE)
def made(call: TracedCall) -> Iterator[Effect]:
    """`tf.queue.FIFOQueue(...)`, `tf.summary.create_file_writer(...)`."""
    if not isinstance(call.value, TfName):
        return
    queue = call.name.endswith("Queue") and call.name.startswith(("tf.queue.", "tf.compat.v1."))
    if queue or call.name == "tf.summary.create_file_writer":
        yield call.effect(RULE, _GONE, lifted_is_fine=True)
