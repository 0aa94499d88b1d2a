import tensorflow as tf


@tf.function
def sample():
    return tf.random.stateless_normal([], seed=[1, 0])


print("same", bool(sample() == sample()))
