import tensorflow as tf


@tf.function
def clamp(x):
    return tf.maximum(x, 0.0)


print(float(clamp(tf.constant(-2.0))))
