"""tf.to_float and its kin."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([1, 2])
print(tf.to_float(x).numpy() / 4, tf.to_double(x, name="wide").numpy() / 8, tf.to_int64(x).dtype)
print(tf.to_int32(tf.to_float((x + 1))).numpy(), tf.to_complex64(tf.to_float(x)).numpy(), tf.to_bfloat16(x).dtype)
