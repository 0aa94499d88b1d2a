import tensorflow as tf


@tf.function
def double(x):
    return x * tf.constant(2.0)


print(float(double(tf.constant(3.0))))
