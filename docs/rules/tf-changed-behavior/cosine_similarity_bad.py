import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


loss = tf.keras.losses.cosine_similarity(tf.constant([1.0, 0.0]), tf.constant([1.0, 0.0]))  # expect: 8 tf-changed-behavior
print(float(value(loss)))
