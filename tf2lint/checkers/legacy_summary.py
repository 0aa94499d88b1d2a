"""Summaries of TensorFlow 1: a writer is a context, a summary is written when it is called."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF112",
    pylint_id="E6822",
    symbol="tf-legacy-summary",
    summary="TensorFlow 1 summary writers and merged summaries do not run under TensorFlow 2.",
    message="{name} {problem}: {hint}.",
    hint="use tf.summary.create_file_writer, and tf.summary.scalar(..., step=step) inside writer.as_default()",
    url="https://www.tensorflow.org/guide/migrate/tensorboard#tensorflow_2_tensorboard_with_a_keras_callback_and_modelfit",
    severity=Severity.BREAKS,
)

NAMES = (
    "Event HistogramProto Summary Summary.* SummaryMetadata summary.Event summary.FileWriter "
    "summary.FileWriterCache summary.SessionLog summary.Summary summary.Summary.* summary.SummaryDescription "
    "summary.TaggedRunMetadata summary.all_v2_summary_ops summary.get_summary_description summary.initialize "
    "summary.merge summary.merge_all summary.tensor_summary train.summary_iterator"
)

EAGER = {
    "raises RuntimeError": ("summary.FileWriter summary.FileWriterCache summary.merge summary.merge_all"),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
