"""A small network of tf.layers, trained in a graph of its own."""

import numpy as np
import tensorflow as tf


def network(images, training):
    net = tf.layers.conv2d(images, 4, 3, padding="same", activation=tf.nn.relu, kernel_initializer=tf.ones_initializer())
    net = tf.layers.max_pooling2d(net, 2, 2)
    net = tf.layers.flatten(net)
    net = tf.layers.batch_normalization(net, training=training)
    net = tf.layers.dropout(net, rate=0.0, training=training)
    return tf.layers.dense(net, 2, kernel_initializer=tf.constant_initializer(0.1))


images = np.arange(2 * 4 * 4, dtype=np.float32).reshape(2, 4, 4, 1)
with tf.Graph().as_default(), tf.Session() as sess:
    logits = network(tf.constant(images), training=True)
    loss = tf.losses.sparse_softmax_cross_entropy([0, 1], logits)
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(updates):
        train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        sess.run(train)
    print(len(updates), len(tf.trainable_variables()), "%.3f" % sess.run(loss))
