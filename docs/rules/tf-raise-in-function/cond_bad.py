import tensorflow as tf


def fail():
    raise ValueError("negative")  # expect: 5 tf-raise-in-function


@tf.function
def root(x):
    return tf.cond(x < 0.0, fail, lambda: tf.sqrt(x))


print(float(root(tf.constant(4.0))))
