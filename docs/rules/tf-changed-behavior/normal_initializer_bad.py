import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


initializer = tf.random_normal_initializer()  # expect: 15 tf-changed-behavior
print(round(float(value(tf.math.reduce_std(initializer([1000000])))), 2))
