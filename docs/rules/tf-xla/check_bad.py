import tensorflow as tf


@tf.function(jit_compile=True)
def root(x):
    tf.debugging.assert_positive(x)  # expect: 5 tf-xla
    return tf.sqrt(x)


print(float(root(tf.constant(-1.0))))
