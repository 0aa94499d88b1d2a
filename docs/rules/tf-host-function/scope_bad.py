import tensorflow as tf


@tf.function
def scale(x):
    y = x + 1.0
    with tf.init_scope():
        z = y * 2.0  # expect: 13 tf-host-function
    return z


print(float(scale(tf.constant(2.0))))
