import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def first_three(x):
    tf.ensure_shape(x, [3])  # expect: 5 tf-unused-result
    tf.tensor_scatter_nd_update(x, [[0]], [9.0])  # expect: 5 tf-unused-result
    return x


print(first_three(tf.constant([1.0])).numpy().tolist())
