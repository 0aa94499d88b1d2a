"""Estimators: removed with TensorFlow 2.16."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF116",
    pylint_id="E6826",
    symbol="tf-estimator",
    summary="Estimators are gone; Keras models train, evaluate and export.",
    message="{name} {problem}: {hint}.",
    hint="write a tf.keras.Model and train it with fit, or with a loop of your own",
    url="https://www.tensorflow.org/guide/migrate/migrating_estimator#tensorflow_2_train_and_evaluate_with_the_built-in_keras_methods",
    severity=Severity.BREAKS,
)

NAMES = (
    "estimator estimator.* feature_column.input_layer feature_column.linear_model "
    "feature_column.shared_embedding_columns keras.estimator keras.estimator.*"
)

IDIOM = Idiom.of(RULE, NAMES)
