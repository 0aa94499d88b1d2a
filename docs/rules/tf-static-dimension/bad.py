import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None, 2])])
def flatten(x):
    return tf.reshape(x, [x.shape[0] * 2])  # expect: 27 tf-static-dimension


print(flatten(tf.ones([3, 2])).shape)
