import tensorflow as tf


@tf.function
def absolute(x):
    with tf.name_scope("absolute"):
        if x > 0:
            return x  # expect: 13 tf-rejected-syntax
    return -x


print(float(absolute(tf.constant(-1.0))))
