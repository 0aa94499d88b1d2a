import tensorflow as tf


@tf.function
def first_is_one(x):
    y = tf.identity(x)
    y[0] = 1.0  # expect: 5 tf-item-assignment
    return y


print(first_is_one(tf.constant([3.0, 4.0])).numpy().tolist())
