import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


last = tf.while_loop(lambda i: i < 3, lambda i: [i + 1], [tf.constant(0)])  # expect: 58 tf-changed-behavior
print(int(value(last + 1)))
