import tensorflow as tf


@tf.function
def scaled(x):
    factor = 1.0
    if x > 10.0:
        factor = 0.5
    return factor


print(float(scaled(tf.constant(20.0))))
