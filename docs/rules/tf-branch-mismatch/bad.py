import tensorflow as tf


@tf.function
def positive(x):
    best = None
    if x > 0:
        best = x  # expect: 9 tf-branch-mismatch
    return best


print(float(positive(tf.constant(1.0))))
