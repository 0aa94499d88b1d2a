import tensorflow as tf


@tf.function
def is_eager():
    return tf.constant(tf.executing_eagerly())


print(bool(is_eager()))
