"""The value of a static dimension."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.zeros([2, 3])
print(x.shape[0].value, x.get_shape()[-1].value, [size.value for size in x.shape])
width = x.shape[1]
print(width.value * 2, "%d" % (x.shape[0].value))
