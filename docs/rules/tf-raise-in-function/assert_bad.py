import tensorflow as tf


@tf.function
def share(x):
    total = tf.reduce_sum(x)
    assert total > 0.0, "nothing to share"  # expect: 12 tf-raise-in-function
    return x / total


print(share(tf.constant([1.0, 3.0])).numpy().tolist())
