import tensorflow as tf


@tf.function
def mean(values, mask):
    if tf.reduce_sum(mask):  # expect: 8 tf-condition-not-scalar
        return tf.reduce_sum(values * mask) / tf.reduce_sum(mask)
    return tf.constant(0.0)


print(float(mean(tf.constant([1.0, 3.0]), tf.constant([0.0, 1.0]))))
