import tensorflow as tf


@tf.function
def total(values):
    result = 0.0
    for value in values:
        result += value
    return result


print(float(total(tf.constant([1.0, 3.0]))))
