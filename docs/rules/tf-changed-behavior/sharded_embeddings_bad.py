import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


shards = [tf.constant([[0], [1]]), tf.constant([[2], [3]])]
print(value(tf.nn.embedding_lookup(shards, [0, 1, 2, 3]))[:, 0].tolist())  # expect: 36 tf-changed-behavior
