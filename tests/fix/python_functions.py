"""tf.py_func."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

print(tf.py_func(lambda x: x * 2, [tf.constant([1.5, 2.0])], tf.float32).numpy())
print([y.numpy() for y in tf.py_func(lambda x: (x, x + 1), [tf.constant([1, 2], tf.int64)], [tf.int64, tf.int64], name="two")])
