"""Generators of random numbers made in traced code.

https://www.tensorflow.org/guide/random_numbers#creating_generators_inside_tffunction
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import TfName
from tf2lint.tracing import kinds

RULE = Rule(
    code="TF504",
    pylint_id="E6861",
    symbol="tf-generator-in-function",
    summary="A generator of random numbers made anew by every trace.",
    message="{name} {problem}: {hint}.",
    hint="make it once, outside of traced code, or use tf.random.get_global_generator() or tf.random.stateless_uniform",
    url="https://www.tensorflow.org/guide/random_numbers#creating_generators_inside_tffunction",
    severity=Severity.BREAKS,
    since="2.2",
)

_OWNERS = frozenset(("tf.random.Generator", "tf.random.experimental.Generator"))
_MAKERS = frozenset("from_seed from_non_deterministic_state from_state from_key_counter".split())


@on_traced_call(RULE)
def made(call: TracedCall) -> Iterator[Effect]:
    """`tf.random.Generator.from_seed(1)`."""
    owner, _, last = call.name.rpartition(".")
    if not isinstance(call.value, TfName):
        return
    if call.name in _OWNERS or (owner in _OWNERS and last in _MAKERS):
        yield call.effect(RULE, "makes a generator, whose state is a variable, in every trace (ValueError)")
    elif kinds.below_keras(call.name) == "random.SeedGenerator":
        hint = "make it once, outside of traced code"
        yield call.effect(RULE, "makes a generator, whose state is a variable, in every trace (ValueError)", hint=hint)
