import tensorflow as tf


@tf.function
def clipped(x):
    return tf.where(x > 1.0, tf.ones_like(x), x)


print(clipped(tf.constant([0.5, 2.0])).numpy().tolist())
