"""Graph collections: TensorFlow 2 keeps no global lists."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF108",
    pylint_id="E6818",
    symbol="tf-collection",
    summary="Graph collections are gone: nothing is collected behind your back.",
    message="{name} {problem}: {hint}.",
    hint="keep your own list; layers and models have .trainable_variables and .losses",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#collections_removal",
    severity=Severity.BREAKS,
)

NAMES = "GraphKeys add_to_collection add_to_collections get_collection get_collection_ref"

EAGER = {
    "returns an empty list": ("get_collection get_collection_ref"),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
