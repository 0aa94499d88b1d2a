import tensorflow as tf


def linear(x, units):
    w = tf.get_variable("w", [2, units], initializer=tf.ones_initializer())  # expect: 9 tf-get-variable
    b = tf.get_variable("b", [units], initializer=tf.zeros_initializer())  # expect: 9 tf-get-variable
    return tf.matmul(x, w) + b


y = linear(tf.constant([[1.0, 2.0]]), 3)

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    print(sess.run(y).tolist())  # expect: 11 tf-session-run
