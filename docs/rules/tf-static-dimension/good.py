import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None, 2])])
def flatten(x):
    return tf.reshape(x, [tf.shape(x)[0] * 2])


print(flatten(tf.ones([3, 2])).shape)
