import tensorflow as tf


@tf.function
def scale(x):
    y = x + 1.0
    with tf.init_scope():
        factor = tf.constant(2.0)
    return y * factor


print(float(scale(tf.constant(2.0))))
