import tensorflow as tf


def offset():
    return tf.Variable(1.0)  # expect: 12 tf-variable-in-function


@tf.function
def shift(x):
    return x + offset().assign_add(1.0)


print(float(shift(tf.constant(1.0))))
