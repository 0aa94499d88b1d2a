import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


initializer = tf.random_uniform_initializer()  # expect: 15 tf-changed-behavior
print(round(float(value(tf.reduce_max(initializer([100000])))), 2))
