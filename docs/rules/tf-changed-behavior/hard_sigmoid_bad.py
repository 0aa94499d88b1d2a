import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


print(round(float(value(tf.keras.activations.hard_sigmoid(tf.constant(1.0)))), 2))  # expect: 25 tf-changed-behavior
