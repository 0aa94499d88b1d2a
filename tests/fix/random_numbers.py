"""tf.random_*: what they draw differs, not how much of it."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

print(tf.random_uniform([2, 3]).shape, tf.random_normal(shape=[2], mean=5.0, stddev=0.0).numpy(), tf.truncated_normal([2]).shape)
print(tf.random_uniform([3], 7, 8, dtype=tf.int32, seed=1).numpy(), tf.random_crop(tf.ones([4, 4]), [2, 2]).numpy().tolist())
print(tf.random_shuffle([1, 1]).numpy(), tf.lin_space(0.0, 1.0, 3).numpy(), tf.random_gamma([2], 1.0).shape)
