import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


chosen = tf.cond(tf.constant(True), lambda: [tf.constant(1)], lambda: [tf.constant(2)])  # expect: 37 tf-changed-behavior
print(int(value(chosen + 1)))
