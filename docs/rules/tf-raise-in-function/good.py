import tensorflow as tf


@tf.function
def root(x):
    tf.debugging.assert_non_negative(x, "negative")
    return tf.sqrt(x)


print(float(root(tf.constant(4.0))))
