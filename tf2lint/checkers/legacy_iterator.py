"""Dataset iterators of TensorFlow 1: a TensorFlow 2 dataset is iterated with `for`."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.checkers.base import Idiom, Module, call_finding, on_call
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.returns import is_dataset
from tf2lint.inference.values import TfMember

RULE = Rule(
    code="TF110",
    pylint_id="E6820",
    symbol="tf-legacy-iterator",
    summary="A dataset is a Python iterable: iterators made by hand are gone.",
    message="{name} {problem}: {hint}.",
    hint="iterate over the dataset: for batch in dataset, or next(iter(dataset))",
    url="https://www.tensorflow.org/guide/data#basic_mechanics",
    severity=Severity.BREAKS,
)

NAMES = (
    "data.get_output_classes data.get_output_shapes data.get_output_types data.make_initializable_iterator "
    "data.make_one_shot_iterator"
)

EAGER = {
    "raises RuntimeError": ("data.make_initializable_iterator"),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)


@on_call(RULE, attributes=frozenset(("make_one_shot_iterator", "make_initializable_iterator")))
def made_by_method(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`dataset.make_one_shot_iterator()`: the datasets of `tf.data` lost it, those of `tf.compat.v1` have it."""
    for value in module.values(node.func):
        if not isinstance(value, TfMember) or not is_dataset(value.cls):
            continue
        worlds = module.reached(value, node)
        if value.cls.startswith("tf.compat.v1.") or value.on_subclass:
            continue
        if worlds & ~versions.bit("1.15") and not module.ev.guards.expects_absence(node):
            name = f"{value.cls}.{value.attribute}"
            yield call_finding(RULE, node, name, "does not exist in TensorFlow 2 (AttributeError)")
            return
