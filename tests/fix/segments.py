"""Sums over segments, and scatters."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([1.0, 2.0, 4.0])
print(tf.segment_sum(x, [0, 0, 1]).numpy(), tf.segment_mean(x, [0, 0, 1]).numpy(), tf.segment_max(x, [0, 1, 1]).numpy())
print(tf.unsorted_segment_sum(x, [1, 0, 1], 2).numpy(), tf.unsorted_segment_max(x, [1, 0, 1], num_segments=2).numpy())
print(tf.tensor_scatter_update(x, [[0]], [9.0]).numpy(), tf.tensor_scatter_add(x, [[1]], [1.0]).numpy())
print(tf.invert_permutation([2, 0, 1]).numpy(), tf.confusion_matrix([0, 1], [1, 1]).numpy().tolist(), tf.count_nonzero(x).numpy())
