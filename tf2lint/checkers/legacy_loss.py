"""Loss functions of TensorFlow 1, which also added to a collection."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF114",
    pylint_id="E6824",
    symbol="tf-legacy-loss",
    summary="The functions of tf.losses are gone: the name belongs to the Keras losses now.",
    message="{name} {problem}: {hint}.",
    hint="use a loss of tf.keras.losses and call it with (labels, predictions)",
    url="https://www.tensorflow.org/guide/migrate/migrate_tf2#track_variables_and_losses",
    severity=Severity.BREAKS,
)

NAMES = "losses.*"

EAGER = {
    "returns an empty list": ("losses.get_losses losses.get_regularization_losses"),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
