import tensorflow as tf


@tf.function
def first_above(values, limit):
    found = tf.constant(-1.0)
    for value in values:
        if value > limit:
            found = value
            break
    return found


print(float(first_above(tf.constant([1.0, 3.0]), tf.constant(2.0))))
