import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


@tf.function
def is_stopped(x):
    loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.nn.softmax(x), logits=tf.constant([[1.0, 2.0]]))  # expect: 52 tf-changed-behavior
    return tf.constant(tf.gradients(loss, x)[0] is None)


print(bool(value(is_stopped(tf.constant([[3.0, 1.0]])))))
