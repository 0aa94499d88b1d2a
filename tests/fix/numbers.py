"""Counts, joins, divisions."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

print(tf.bincount([1, 1, 3]).numpy(), tf.bincount([1, 1, 3], [0.5, 1.0, 2.0]).numpy(), tf.bincount(arr=[1, 1, 3], weights=None, minlength=6, maxlength=8).numpy())
print(tf.bincount([1, 1, 3], None, 2, 3, tf.int64).numpy(), tf.bincount([1, 1, 5], maxlength=3, dtype=tf.float32).numpy(), tf.bincount([[0, 1], [1, 2]]).numpy())
print(tf.floor_div(tf.constant([7, -7]), 2).numpy(), tf.floor_div(7.5, 2.0).numpy(), tf.floor_div(x=[-7], y=[2], name="n").numpy())
words = tf.constant([["a", "b"], ["c", "d"]])
print(tf.reduce_join(words, 0).numpy(), tf.reduce_join(inputs=words, axis=1, separator="-", name="n").numpy(), tf.reduce_join(words, 1, keep_dims=True).numpy())
print(tf.reduce_join(words, reduction_indices=[0], keep_dims=True).numpy(), tf.reduce_join(words, axis=[0, 1]).numpy(), tf.reduce_join(words, 0, keepdims=True).numpy())
print(tf.count_nonzero(input_tensor=[[0, 1], [2, 3]], reduction_indices=1, keep_dims=True).numpy().tolist(), tf.count_nonzero([0, 1], 0, False).numpy())
print(tf.count_nonzero([[0, 1], [2, 3]], axis=0, keepdims=True, dtype=tf.int32, name="n").numpy().tolist())
print(tf.dimension_value(tf.TensorShape([2])[0]), tf.dimension_at_index(tf.TensorShape([2]), 0) == 2)
