import tensorflow as tf


@tf.function
def sample():
    tf.random.set_seed(1)  # expect: 5 tf-frozen-value
    return tf.random.normal([])


print("same", bool(sample() == sample()))
