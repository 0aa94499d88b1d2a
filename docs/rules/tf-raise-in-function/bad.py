import tensorflow as tf


@tf.function
def root(x):
    if x < 0.0:
        raise ValueError("negative")  # expect: 9 tf-raise-in-function
    return tf.sqrt(x)


print(float(root(tf.constant(4.0))))
