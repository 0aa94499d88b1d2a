import tensorflow as tf


@tf.function
def clipped(x):
    if x > 1.0:  # expect: 8 tf-condition-not-scalar
        return tf.ones_like(x)
    return x


print(clipped(tf.constant([0.5, 2.0])).numpy().tolist())
