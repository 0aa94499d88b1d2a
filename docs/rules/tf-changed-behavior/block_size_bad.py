import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


tiles = tf.reshape(tf.range(4), [4, 1, 1, 1])
print(value(tf.batch_to_space(tiles, [[0, 0], [0, 0]], 2))[0, :, :, 0].tolist())  # expect: 38 tf-reordered-arguments, 56 tf-changed-behavior
