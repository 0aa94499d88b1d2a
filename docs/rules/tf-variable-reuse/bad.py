import tensorflow as tf


def weight():
    with tf.compat.v1.variable_scope("score", reuse=tf.compat.v1.AUTO_REUSE):  # expect: 47 tf-variable-reuse
        return tf.compat.v1.get_variable("w", [], initializer=tf.compat.v1.ones_initializer())


def pair():
    with tf.compat.v1.variable_scope("pair") as scope:
        first = tf.compat.v1.get_variable("w", [], initializer=tf.compat.v1.ones_initializer())
        scope.reuse_variables()  # expect: 9 tf-variable-reuse
        return first, tf.compat.v1.get_variable("w", [])


print("one weight:", weight() is weight())
first, second = pair()
print("one weight:", first is second)
