import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


print(value(tf.constant([1, 2], shape=[4])).tolist())  # expect: 33 tf-changed-behavior
