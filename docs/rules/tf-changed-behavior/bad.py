import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


keep_prob = 0.9
kept = tf.nn.dropout(tf.ones([10000]), keep_prob)  # expect: 40 tf-changed-behavior
print(round(float(value(tf.reduce_mean(tf.sign(kept)))), 1))
