"""get_variable in scopes, shared by reuse; names are part of the result."""

import tensorflow as tf


def dense(x, size, name):
    with tf.variable_scope(name, reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [x.shape[1].value, size], initializer=tf.ones_initializer())
        b = tf.get_variable("b", [size], initializer=tf.constant_initializer(0.5))
        return tf.nn.xw_plus_b(x, w, b)


with tf.Graph().as_default():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.variable_scope("tower"):
        one = dense(x, 3, "first")
        two = dense(x + 1.0, 3, "first")
        with tf.name_scope("inner"):
            three = dense(one, 2, "second")
    print([v.op.name for v in tf.global_variables()])
    print([v.op.name for v in tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="tower/first")])
    with tf.Session() as sess:
        tf.global_variables_initializer().run()
        print(sess.run(one).tolist(), sess.run(two).tolist(), sess.run(three).tolist())
