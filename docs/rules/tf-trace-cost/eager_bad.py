import tensorflow as tf

tf.config.run_functions_eagerly(True)  # expect: 1 tf-trace-cost


@tf.function
def is_eager():
    return tf.constant(tf.executing_eagerly())


print(bool(is_eager()))
