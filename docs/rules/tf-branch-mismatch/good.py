import tensorflow as tf


@tf.function
def positive(x):
    best = tf.zeros_like(x)
    if x > 0:
        best = x
    return best


print(float(positive(tf.constant(1.0))))
