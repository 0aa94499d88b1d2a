import tensorflow as tf


def generator(z):
    with tf.variable_scope("generator"):  # expect: 10 tf-variable-scope
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())  # expect: 13 tf-get-variable
        return z * w


def discriminator(x):
    with tf.variable_scope("discriminator", reuse=tf.AUTO_REUSE):  # expect: 10 tf-variable-scope, 51 tf-variable-scope
        w = tf.get_variable("w", [], initializer=tf.ones_initializer())  # expect: 13 tf-get-variable
        return x - w


real = discriminator(2.0)
fake = discriminator(generator(3.0))
print([v.name for v in tf.trainable_variables()])  # expect: 24 tf-global-variables
