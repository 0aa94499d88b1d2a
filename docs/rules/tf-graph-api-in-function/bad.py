import tensorflow as tf


@tf.function
def double(x):
    with tf.Graph().as_default():  # expect: 10 tf-graph-api-in-function
        return x * tf.constant(2.0)


print(float(double(tf.constant(3.0))))
