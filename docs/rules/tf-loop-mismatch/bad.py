import tensorflow as tf


@tf.function
def first_above(values, limit):
    for value in values:
        if value > limit:
            return value  # expect: 13 tf-loop-mismatch
    return tf.constant(-1.0)


print(float(first_above(tf.constant([1.0, 3.0]), tf.constant(2.0))))
