"""Variables made in traced code.

https://www.tensorflow.org/guide/function#creating_tfvariables
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import TfMember
from tf2lint.tracing import kinds

RULE = Rule(
    code="TF501",
    pylint_id="E6858",
    symbol="tf-variable-in-function",
    summary="A variable made anew by every trace of a tf.function, a Dataset callback or a Keras method.",
    message="{name} {problem}: {hint}.",
    hint="make it once, outside or behind `if self.v is None`",
    url="https://www.tensorflow.org/guide/function#creating_tfvariables",
    severity=Severity.BREAKS,
    since="2.0",
)

_VARIABLES = frozenset(
    "tf.Variable tf.compat.v1.Variable tf.keras.Variable keras.Variable tf.keras.backend.variable "
    "keras.backend.variable tf.train.ExponentialMovingAverage".split()
)
_WEIGHTS = frozenset(("add_weight", "add_variable"))


@on_traced_call(RULE)
def made(call: TracedCall) -> Iterator[Effect]:
    """`tf.Variable(0.0)`."""
    if call.name in _VARIABLES:
        yield call.effect(RULE, "is made by every trace (ValueError)")


@on_traced_call(RULE)
def added(call: TracedCall) -> Iterator[Effect]:
    """`self.add_weight(...)` in `call`."""
    value = call.value
    if (
        not isinstance(value, TfMember)
        or value.attribute not in _WEIGHTS
        or not kinds.is_layer(value.cls, value.worlds)
    ):
        return
    method = call.node.frame()
    in_call = isinstance(method, nodes.FunctionDef) and method.name == "call"
    # Keras 3 takes no weight once a layer is built, which it is when `call` runs; Keras 2 does.
    refused = in_call and kinds.is_new(value.cls, call.worlds) and not _asks_if_built(call.node)
    yield call.effect(
        RULE,
        "makes a weight in every call",
        name=f"self.{value.attribute}",
        hint="make it in __init__, or in build",
        once_is_fine=not refused,
    )


def _asks_if_built(node: nodes.NodeNG) -> bool:
    above = node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef):
        if isinstance(above, nodes.If) and "built" in above.test.as_string():
            return True
        above = above.parent
    return False
