import tensorflow as tf


@tf.function
def scaled(x, double=True):
    return tf.cond(double, lambda: x * 2.0, lambda: x)  # expect: 20 tf-condition-not-scalar


print(float(scaled(tf.constant(1.0))))
