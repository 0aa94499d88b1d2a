"""Functions that moved to tf.math."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([0.5, 1.0, 2.25])
print(tf.log(x).numpy().round(4), tf.log1p(x).numpy().round(4), tf.ceil(x).numpy(), tf.rint(x).numpy())
print(tf.is_nan(x).numpy(), tf.is_finite(x).numpy(), tf.rsqrt(x).numpy().round(4), tf.reciprocal(x).numpy().round(4))
print(tf.erf(x).numpy().round(4), tf.lgamma(x).numpy().round(4), tf.digamma(x).numpy().round(4))
print(tf.squared_difference(x, 1.0).numpy(), tf.cumprod(x).numpy(), tf.div_no_nan(x, 0.0).numpy())
print(tf.floormod(x, 2.0).numpy(), tf.mod(-x, 2.0).numpy(), tf.logical_xor(x > 1.0, x > 2.0).numpy())
print(tf.accumulate_n([x, x]).numpy(), tf.log_sigmoid(x).numpy().round(4), tf.igamma(x, x).numpy().round(4))
