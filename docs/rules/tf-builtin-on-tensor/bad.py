import tensorflow as tf


@tf.function
def clamp(x):
    return max(x, 0.0)  # expect: 12 tf-builtin-on-tensor


print(float(clamp(tf.constant(-2.0))))
