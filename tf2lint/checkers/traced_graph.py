"""The graphs, sessions and variables of TensorFlow 1, used in traced code.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import TfMember, TfName
from tf2lint.tracing.scopes import is_outer

RULE = Rule(
    code="TF510",
    pylint_id="E6867",
    symbol="tf-graph-api-in-function",
    summary="A placeholder, session, graph or other part of a TensorFlow 1 program in traced code.",
    message="{name} {problem}: {hint}.",
    hint="take tensors as arguments and return them; the tf.function is the graph",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
    since="2.0",
)

# Run under TensorFlow 2.4, 2.15 and 2.21.
_HAPPENS = {
    "placeholder": "is never fed in a tf.function (InvalidArgumentError)",
    "Session": "has a graph of its own, without the tensors of the tf.function (InvalidArgumentError)",
    "InteractiveSession": "has a graph of its own, without the tensors of the tf.function (InvalidArgumentError)",
    "data.make_one_shot_iterator": "raises in a tf.function (AttributeError)",
}


@on_traced_call(RULE)
def used(call: TracedCall) -> Iterator[Effect]:
    """`tf.compat.v1.placeholder(tf.float32)`, `with tf.Graph().as_default():`."""
    value = call.value
    if isinstance(value, TfName) and value.name.startswith("tf.compat.v1."):
        problem = _HAPPENS.get(call.legacy, "")
        if call.legacy.startswith("data.") and not (call.node.args and is_outer(call.node.args[0])):
            problem = ""  # Over a dataset of the same trace.
        if call.legacy.startswith("metrics."):
            problem = "makes variables in every trace (ValueError)"
        if problem:
            yield call.effect(RULE, problem, lifted_is_fine=True)
    elif isinstance(value, TfMember) and value.attribute == "as_default" and call.legacy == "Graph.as_default":
        problem = "leaves the graph of the tf.function: its tensors are not there (ValueError)"
        yield call.effect(RULE, problem, lifted_is_fine=True)
