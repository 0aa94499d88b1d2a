import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


image = tf.reshape(tf.range(4.0), [1, 2, 2, 1])
print(value(tf.image.resize(image, [2, 4]))[0, 0, :, 0].tolist())  # expect: 13 tf-changed-behavior
