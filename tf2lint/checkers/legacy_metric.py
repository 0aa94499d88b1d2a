"""Metric functions of TensorFlow 1, which gave a value and an update operation."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF115",
    pylint_id="E6825",
    symbol="tf-legacy-metric",
    summary="The functions of tf.metrics are gone: the name belongs to the Keras metrics now.",
    message="{name} {problem}: {hint}.",
    hint="use a metric of tf.keras.metrics: update_state(...) and result()",
    url="https://www.tensorflow.org/guide/migrate/metrics_optimizers#tf2_keras_metrics_api_with_tfkerasmodel",
    severity=Severity.BREAKS,
)

NAMES = "metrics.*"

EAGER = {
    "raises RuntimeError": (
        "metrics.accuracy metrics.auc metrics.average_precision_at_k metrics.false_negatives "
        "metrics.false_negatives_at_thresholds metrics.false_positives metrics.false_positives_at_thresholds "
        "metrics.mean metrics.mean_absolute_error metrics.mean_cosine_distance metrics.mean_iou "
        "metrics.mean_per_class_accuracy metrics.mean_relative_error metrics.mean_squared_error metrics.mean_tensor "
        "metrics.percentage_below metrics.precision metrics.precision_at_k metrics.precision_at_thresholds "
        "metrics.precision_at_top_k metrics.recall metrics.recall_at_k metrics.recall_at_thresholds "
        "metrics.root_mean_squared_error metrics.sensitivity_at_specificity metrics.sparse_average_precision_at_k "
        "metrics.sparse_precision_at_k metrics.specificity_at_sensitivity metrics.true_negatives "
        "metrics.true_negatives_at_thresholds metrics.true_positives metrics.true_positives_at_thresholds"
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
