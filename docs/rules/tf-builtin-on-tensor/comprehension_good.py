import tensorflow as tf


@tf.function
def squares(x):
    return tf.map_fn(lambda v: v * v, x)


print(squares(tf.constant([1.0, 3.0])).numpy().tolist())
