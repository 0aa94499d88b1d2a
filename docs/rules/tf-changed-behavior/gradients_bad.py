import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


x = tf.constant(3.0)
print(float(value(tf.gradients(x * x, x)[0])))  # expect: 19 tf-changed-behavior
