"""tf.contrib: layers, arg_scope and a training helper."""

import tensorflow as tf
from tensorflow.contrib import layers
from tensorflow.contrib.framework import arg_scope

x = tf.constant([[1.0, -2.0, 3.0]])
with arg_scope([layers.fully_connected], weights_initializer=tf.ones_initializer(), activation_fn=tf.nn.relu):
    h = layers.fully_connected(x, 4, scope="one")
    h = layers.fully_connected(h, 2, activation_fn=None, weights_regularizer=layers.l2_regularizer(0.1), scope="two")
flat = tf.contrib.layers.flatten(h)
penalty = tf.losses.get_regularization_loss()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(flat).tolist(), "%.2f" % sess.run(penalty))
