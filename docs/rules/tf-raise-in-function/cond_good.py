import tensorflow as tf


@tf.function
def root(x):
    tf.debugging.Assert(x >= 0.0, ["negative", x])
    return tf.sqrt(x)


print(float(root(tf.constant(4.0))))
