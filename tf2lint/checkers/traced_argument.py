"""Lists and dictionaries that a tf.function was given and changes.

https://www.tensorflow.org/api_docs/python/tf/function
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.tracing import changes, conversion, lifetime
from tf2lint.tracing.abstract import Abstract, Kind, Origin
from tf2lint.tracing.changes import Change, How
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.roots import OF_KERAS
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF604",
    pylint_id="E6871",
    symbol="tf-argument-mutation",
    summary="A list or dictionary that was given to a tf.function is modified there, which TensorFlow refuses.",
    message="{name} {problem}: {hint}.",
    hint="modify a copy, such as dict(x) or list(x)",
    url="https://www.tensorflow.org/api_docs/python/tf/function",
    severity=Severity.BREAKS,
    since="2.0",
)

_STEPS = frozenset(("train_step", "test_step", "predict_step"))
_OF_CONTAINERS = frozenset("append extend insert setdefault popitem reverse sort".split())
"""Methods that hardly anything but a list or dictionary has."""


@on_traced(RULE, *changes.KINDS)
def changed(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`batch["x"] = y`, `xs.append(y)`."""
    if not _is_compared(frame):
        return
    for change in lifetime.changes_at(frame, node):
        if _changes_argument(frame, change):
            problem = "is an argument of a tf.function, which must not modify it (ValueError)"
            yield effect(
                RULE,
                change.node,
                name=change.path or "this",
                problem=problem,
                confidence=Confidence.INFERENCE,
                once_is_fine=False,
            )


def _is_compared(frame: Frame) -> bool:
    """Whether TensorFlow compares the arguments of the root with what they were."""
    root = frame.traced.root
    if root.reason == "a tf.function":
        return True
    if root.reason != OF_KERAS or root.function.name not in _STEPS or root.place.receiver is None:
        return False
    worlds = tracing_of(frame.ev).calls.keras_worlds(root.place.receiver)
    return bool(worlds) and conversion.of_keras(worlds) is False


def _changes_argument(frame: Frame, change: Change) -> bool:
    holder = change.holder
    if holder is None or change.how in (How.NAME, How.ATTRIBUTE) or _is_own(frame, holder):
        return False
    if lifetime.origin_of(frame, holder) is not Origin.ARGUMENT:
        return False
    if change.how is not How.METHOD and not change.deleted and any(_same(change, v) for v in change.stored[:1]):
        return False
    return _may_be_container(frame.of(holder), change) or (
        frame.of(holder).kind is Kind.UNKNOWN and change.method in changes.METHODS and _is_dictionary(frame, holder)
    )


def _is_dictionary(frame: Frame, holder: nodes.NodeNG) -> bool:
    """Whether the function also looks something up in it by a text."""
    text = holder.as_string()
    return any(_is_key(node.slice) and node.value.as_string() == text for node in frame.find(nodes.Subscript))


def _is_own(frame: Frame, holder: nodes.NodeNG) -> bool:
    """Whether something belongs to `self`, which is no argument to TensorFlow, or is a dictionary of `**kwargs`."""
    inner = holder
    while isinstance(inner, nodes.Attribute | nodes.Subscript):
        inner = inner.expr if isinstance(inner, nodes.Attribute) else inner.value
    method = frame.function
    if lifetime.is_receiver(inner, method):
        return True
    return isinstance(inner, nodes.Name | nodes.AssignName) and inner.name == method.args.kwarg


def _same(change: Change, value: nodes.NodeNG) -> bool:
    return bool(value.as_string() == change.target.as_string())


def _may_be_container(known: Abstract, change: Change) -> bool:
    if known.is_python:
        return known.type in ("list", "dict") and change.method not in ("add",)
    if known.kind not in (Kind.NEST, Kind.UNKNOWN):
        return False
    if change.how is How.ITEM:
        return _is_key(change.stored[-1])
    if change.how is How.PLACE:
        return False
    if change.method == "pop":
        return any(isinstance(value, nodes.Const) for value in change.stored) or not change.stored
    if known.kind is Kind.NEST:
        return change.method in changes.METHODS - {"add"}
    return change.method in _OF_CONTAINERS


def _is_key(index: nodes.NodeNG) -> bool:
    """Whether a subscript can only be the key of a dictionary."""
    return isinstance(index, nodes.JoinedStr) or (isinstance(index, nodes.Const) and isinstance(index.value, str))
