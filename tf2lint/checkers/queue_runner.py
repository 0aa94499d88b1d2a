"""Queue runners, readers and input producers: `tf.data` took their place."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF109",
    pylint_id="E6819",
    symbol="tf-queue-runner",
    summary="Queue-based input pipelines do not run under TensorFlow 2.",
    message="{name} {problem}: {hint}.",
    hint="read the data with a tf.data.Dataset and iterate over it",
    url="https://www.tensorflow.org/guide/data#reading_input_data",
    severity=Severity.BREAKS,
)

NAMES = (
    "ConditionalAccumulator ConditionalAccumulatorBase FIFOQueue FixedLengthRecordReader IdentityReader "
    "LMDBReader PaddingFIFOQueue PriorityQueue QueueBase RandomShuffleQueue ReaderBase "
    "SparseConditionalAccumulator TFRecordReader TextLineReader WholeFileReader io.PaddingFIFOQueue "
    "io.PriorityQueue io.QueueBase io.RandomShuffleQueue sparse.SparseConditionalAccumulator train.LooperThread "
    "train.QueueRunner train.add_queue_runner train.batch train.batch_join train.input_producer "
    "train.limit_epochs train.match_filenames_once train.maybe_batch train.maybe_batch_join "
    "train.maybe_shuffle_batch train.maybe_shuffle_batch_join train.queue_runner train.queue_runner.* "
    "train.range_input_producer train.shuffle_batch train.shuffle_batch_join train.slice_input_producer "
    "train.start_queue_runners train.string_input_producer"
)

EAGER = {
    "raises RuntimeError": (
        "FixedLengthRecordReader IdentityReader LMDBReader ReaderBase SparseConditionalAccumulator TFRecordReader "
        "TextLineReader WholeFileReader train.QueueRunner train.input_producer train.queue_runner.QueueRunner "
        "train.queue_runner.start_queue_runners train.range_input_producer train.slice_input_producer "
        "train.start_queue_runners train.string_input_producer"
    ),
    "raises ValueError": (
        "train.batch train.batch_join train.maybe_batch train.maybe_batch_join train.maybe_shuffle_batch "
        "train.maybe_shuffle_batch_join train.shuffle_batch train.shuffle_batch_join"
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
