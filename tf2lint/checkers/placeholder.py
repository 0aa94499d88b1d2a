"""Placeholders: TensorFlow 2 has no graph to feed, a function takes arguments."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF101",
    pylint_id="E6811",
    symbol="tf-placeholder",
    summary="A placeholder has nothing to stand in for: TensorFlow 2 runs functions on values.",
    message="{name} {problem}: {hint}.",
    hint="take the tensor as a function argument, or tf.keras.Input in a Keras model",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
)

NAMES = (
    "keras.backend.placeholder placeholder placeholder_with_default ragged.placeholder sparse.placeholder "
    "sparse_placeholder"
)

EAGER = {
    "raises RuntimeError": ("placeholder sparse_placeholder"),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
