"""Python state that outlives the call and is changed by traced code: once for each trace, not for each call.

https://www.tensorflow.org/guide/function#changing_python_global_and_free_variables
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.tracing import changes, lifetime
from tf2lint.tracing.abstract import UNKNOWN, Abstract, Kind, Origin
from tf2lint.tracing.changes import Change, How
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF603",
    pylint_id="W6870",
    symbol="tf-outer-mutation",
    summary="Python state that outlives the call, changed in traced code: that happens once for each trace.",
    message="{name} {problem}: {hint}.",
    hint="keep it in a tf.Variable made outside and use assign, or return the value",
    url="https://www.tensorflow.org/guide/function#changing_python_global_and_free_variables",
    severity=Severity.CHANGES,
    since="2.0",
)

_CONTAINERS = frozenset(("list", "dict", "set", ""))


@on_traced(RULE, *changes.KINDS)
def changed(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`calls += 1`, `history.append(1)`."""
    for change in lifetime.changes_at(frame, node):
        if not change.repeats or not outlives(frame, change) or holds_graph(frame, change):
            continue
        if lifetime.belongs_to_trace(frame, change) or lifetime.only_eagerly(frame):
            continue
        if lifetime.by_keras(frame) and _only_marks(change):
            continue
        if lifetime.counts_traces(frame, change) or (change.augmented and lifetime.names_operations(frame, change)):
            continue
        grows = change.method in changes.GROWING
        yield effect(
            RULE,
            change.node,
            name=change.path or "this",
            problem="changes when the function is traced, not in every call",
            hint="return the values and collect them outside, or use a tf.TensorArray" if grows else "",
            confidence=Confidence.INFERENCE,
            once_is_fine=True,
            lifted_is_fine=True,
        )


def outlives(frame: Frame, change: Change) -> bool:
    """Whether what changes is there after the call, and is nothing that TensorFlow itself keeps account of."""
    if change.how is How.NAME:
        return not lifetime.is_of_caller(frame, change.path)
    holder = change.holder
    if holder is None:
        return False
    origin = lifetime.origin_of(frame, holder)
    known = UNKNOWN if isinstance(holder, nodes.Call) else frame.of(holder)
    if change.how is How.PLACE:
        return origin is Origin.OUTER and known.is_python and known.type in ("list", "dict", "set")
    if change.how is How.ATTRIBUTE:
        an_object = origin is Origin.ARGUMENT and known.type == "object"
        return (origin is Origin.OUTER or an_object) and known.kind not in (Kind.TENSOR, Kind.VARIABLE, Kind.EAGER)
    return origin is Origin.OUTER and _is_container(known, change)


def _only_marks(change: Change) -> bool:
    """Whether a list only gets to know that something has been called, as in tests of layers: `called.append(True)`."""
    return bool(change.stored) and all(isinstance(v, nodes.Const) and v.value is True for v in change.stored)


def _is_container(known: Abstract, change: Change) -> bool:
    if known.is_python:
        if known.type == "ndarray":
            return change.how is How.ITEM
        return known.type in _CONTAINERS
    # What is extended in this way is a list, whoever made it; other methods are those of many classes.
    return known.kind is Kind.UNKNOWN and (change.how is How.ITEM or change.method in changes.GROWING)


def holds_graph(frame: Frame, change: Change) -> bool:
    """Whether a change is about tensors or variables: other rules speak of these."""
    if frame.of(change.target).kind is Kind.UNKNOWN and lifetime.held_tensor(frame, change):
        return True
    if change.augmented:
        before = frame.of(change.target)
        if before.kind in (Kind.VARIABLE, Kind.TENSOR, Kind.EAGER, Kind.TENSOR_ARRAY, Kind.KERAS):
            return True
        if change.how is How.ITEM and change.holder is not None and frame.of(change.holder).is_symbolic:
            return True
    return any(of_trace(frame.of(value)) for value in change.stored)


def of_trace(value: Abstract) -> bool:
    """Whether a value is, or contains, a tensor or dataset that belongs to the trace."""
    if value.kind in (Kind.TENSOR, Kind.NEST, Kind.DATASET, Kind.TENSOR_ARRAY, Kind.COMPOSITE):
        return value.origin is not Origin.OUTER
    return value.items is not None and value.is_python and any(of_trace(item) for item in value.items)
