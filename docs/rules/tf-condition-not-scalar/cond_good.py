import tensorflow as tf


@tf.function
def scaled(x, double=True):
    return x * 2.0 if double else x


print(float(scaled(tf.constant(1.0))))
