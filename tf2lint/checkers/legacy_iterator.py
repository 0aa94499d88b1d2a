"""Dataset iterators of TensorFlow 1: a TensorFlow 2 dataset is iterated with `for`."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

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
    **dict.fromkeys(
        (
            "data.make_initializable_iterator"
        ).split(),
        "raises RuntimeError",
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom(RULE, frozenset(NAMES.split()), EAGER)
