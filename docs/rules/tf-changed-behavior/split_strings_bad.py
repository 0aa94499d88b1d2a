import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


words = tf.strings.split(["a b", "c"])  # expect: 9 tf-changed-behavior
print(value(tf.sparse.to_dense(words, default_value="")).tolist())
