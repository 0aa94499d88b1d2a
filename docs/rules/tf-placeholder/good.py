import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def total(x):
    return tf.reduce_sum(2.0 * x)


print(total([1.0, 2.0]).numpy())
