"""The functional layers of TensorFlow 1."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF204",
    pylint_id="E6834",
    symbol="tf-layers",
    summary="tf.layers is gone: a Keras layer is an object that owns its weights.",
    message="{name} {problem}: {hint}.",
    hint="create the tf.keras.layers layer once and call it",
    url="https://www.tensorflow.org/guide/migrate/model_mapping#model_built_with_tfcompatv1layers",
    severity=Severity.BREAKS,
)

NAMES = "layers layers.*"

IDIOM = Idiom.of(RULE, NAMES)
