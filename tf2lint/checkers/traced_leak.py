"""Symbolic tensors that are stored where they outlive the trace that they belong to.

https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_must_be_return_values
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.checkers.traced_mutation import of_trace, outlives
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.tracing import changes, lifetime, once
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.changes import Change, How
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.scopes import decorator_names

RULE = Rule(
    code="TF605",
    pylint_id="E6872",
    symbol="tf-tensor-leak",
    summary="A tensor of a trace is stored where it outlives the trace, in an attribute, a global name or a cache.",
    message="{name} {problem}: {hint}.",
    hint="return the tensor, or keep the value in a tf.Variable made outside",
    url="https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_must_be_return_values",
    severity=Severity.BREAKS,
    since="2.0",
)

_CACHES = frozenset(("lru_cache", "cache", "cached_property"))
_MAKE_BEFORE = "make it before, in __init__, or in `with tf.init_scope():`"


@on_traced(RULE, *changes.KINDS)
def stored(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`self.loss = loss`, `losses.append(loss)`."""
    for change in lifetime.changes_at(frame, node):
        if change.deleted or not _stores_tensor(frame, change) or not outlives(frame, change):
            continue
        told = _leak(frame, change)
        if told:
            problem, hint = told
            yield effect(
                RULE,
                change.node,
                name=change.path or "this",
                problem=problem,
                hint=hint,
                confidence=Confidence.INFERENCE,
                once_is_fine=False,
                lifted_is_fine=True,
            )


def _stores_tensor(frame: Frame, change: Change) -> bool:
    if frame.of(change.target).kind is Kind.UNKNOWN and lifetime.held_tensor(frame, change):
        return True
    if change.augmented:
        before = frame.of(change.target)
        if before.kind is Kind.VARIABLE or (change.how is How.ITEM and frame.of(change.target).is_symbolic):
            return False
        if before.is_tensor:
            return True
    values = change.stored[:1] if change.how is How.ITEM else change.stored
    return any(of_trace(frame.of(value)) for value in values)


def _leak(frame: Frame, change: Change) -> tuple[str, str] | None:
    """What goes wrong with a tensor that is stored, and what to write instead; None for nothing."""
    guarded = once.is_guarded(frame.ev, change.node, frame.function)
    if guarded and change.how in (How.NAME, How.ATTRIBUTE, How.ITEM):
        return (
            "caches a tensor of the first trace, which no other trace can use (it is out of scope there)",
            _MAKE_BEFORE,
        )
    if lifetime.belongs_to_trace(frame, change) or lifetime.only_eagerly(frame):
        return None
    kept = "keeps a tensor of the trace, which nothing can use after it (it is out of scope)"
    if lifetime.by_keras(frame) and not (change.repeats and lifetime.trains(frame)):
        return None  # Code that calls the model itself, eagerly, may read it.
    if change.repeats:
        before = frame.of(change.target) if change.how is How.ATTRIBUTE else None
        if before is not None and before.kind is Kind.VARIABLE:
            return "is a variable that is replaced by a tensor of the trace", "use assign"
        return kept, ""
    return (kept, "") if lifetime.read_elsewhere(frame, change) else None


@on_traced(RULE, nodes.Return)
def cached(node: nodes.Return, frame: Frame) -> Iterator[Effect]:
    """What a function under `functools.lru_cache` returns."""
    caches = decorator_names(frame.function) & _CACHES
    if caches and node.value is not None and of_trace(frame.of(node.value)):
        yield effect(
            RULE,
            node.value,
            name=frame.function.name,
            problem=f"keeps by {caches.pop()} a tensor of the first trace, which no other trace can use",
            hint="cache a NumPy array or make the tensor before",
            confidence=Confidence.INFERENCE,
            once_is_fine=False,
            lifted_is_fine=True,
        )
