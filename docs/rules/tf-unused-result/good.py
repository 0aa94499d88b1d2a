import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def first_three(x):
    x = tf.ensure_shape(x, [3])
    return tf.tensor_scatter_nd_update(x, [[0]], [9.0])


print(first_three(tf.constant([1.0, 2.0, 3.0])).numpy().tolist())
