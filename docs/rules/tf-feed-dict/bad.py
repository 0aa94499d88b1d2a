import tensorflow as tf

scale = tf.compat.v1.placeholder_with_default(1.0, shape=[])
scaled = 3.0 * scale


def evaluate(session, value):
    return session.run(scaled, feed_dict={scale: value})  # expect: 32 tf-feed-dict


print(evaluate(tf.compat.v1.Session(), 2.0))
