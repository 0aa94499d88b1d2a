import tensorflow as tf


@tf.function
def scaled(x):
    factor = 1
    if x > 10.0:
        factor = 0.5  # expect: 9 tf-branch-mismatch
    return factor


print(float(scaled(tf.constant(20.0))))
