import tensorflow as tf


@tf.function
def y(x):
    return tf.square(x)


print(y(tf.constant(3.0)).numpy())
