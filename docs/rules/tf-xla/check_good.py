import tensorflow as tf


@tf.function(jit_compile=True)
def root(x):
    return tf.sqrt(x)


x = tf.constant(-1.0)
try:
    tf.debugging.assert_positive(x)
    print(float(root(x)))
except tf.errors.InvalidArgumentError:
    print("not positive")
