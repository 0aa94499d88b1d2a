import tensorflow as tf


@tf.function
def scaled(scale=1.0):
    return 3.0 * scale


print(scaled(tf.constant(2.0)).numpy())
