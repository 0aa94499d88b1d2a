import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


first, second = tf.constant(1.0), tf.constant(1.0)
print("same" if first == second else "different")  # expect: 17 tf-changed-behavior
print(first in [second])  # expect: 7 tf-changed-behavior
