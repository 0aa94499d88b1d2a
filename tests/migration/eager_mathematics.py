"""Elementwise mathematics and reductions, in a program that enables eager execution."""

import tensorflow as tf

tf.enable_eager_execution()

x = tf.constant([[0.5, 1.5, 2.5], [1.0, 2.0, 4.0]])
print(tf.log(x).numpy().round(3).tolist())
print(tf.rsqrt(x).numpy().round(3).tolist(), tf.ceil(x).numpy().tolist(), tf.rint(x).numpy().tolist())
print(tf.reduce_sum(x, 1, keep_dims=True).numpy().tolist())
print(tf.reduce_mean(x, reduction_indices=[0]).numpy().tolist())
print(tf.argmax(x, dimension=1).numpy().tolist())
print(tf.reduce_logsumexp(x, axis=1, keep_dims=False).numpy().round(3).tolist())
print(tf.floordiv(tf.to_int32(x), 2).numpy().tolist(), tf.mod(x, 2.0).numpy().tolist())
print(tf.matrix_transpose(x).shape.as_list(), tf.trace(tf.matmul(x, x, transpose_b=True)).numpy())
print(tf.is_nan(x / 0.0).numpy().any(), tf.lgamma(x).numpy().round(3).tolist())
