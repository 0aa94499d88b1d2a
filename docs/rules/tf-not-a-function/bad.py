import tensorflow as tf


@tf.function
def extremes(x):
    return {"low": tf.reduce_min(x), "type": x.dtype}  # expect: 12 tf-not-a-function


print(sorted(extremes(tf.constant([1.0, 2.0]))))
