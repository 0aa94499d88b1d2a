"""tf.contrib.slim and its functions under other names: the package tf_slim."""

import tensorflow as tf
import tensorflow.contrib.layers as layers
from tensorflow.contrib import framework
from tensorflow.contrib import slim

once = tf.contrib.slim


@framework.add_arg_scope
def scaled(x, scale=1.0):
    return x * scale


with tf.Graph().as_default(), tf.compat.v1.Session() as session:
    x = tf.reshape(tf.range(64.0), [1, 4, 4, 4]) / 64.0
    fixed = tf.compat.v1.constant_initializer(0.1)
    with slim.arg_scope([slim.conv2d, slim.fully_connected], weights_initializer=fixed, weights_regularizer=slim.l2_regularizer(0.1)):
        nets = [slim.conv2d(x, 3, [2, 2]), slim.repeat(x, 2, slim.conv2d, 2, [1, 1], scope="r"), slim.fully_connected(slim.flatten(x), 2)]
        nets.append(slim.stack(slim.flatten(x), slim.fully_connected, [3, 2], scope="s"))
    nets += [slim.max_pool2d(x, [2, 2]), slim.avg_pool2d(x, [2, 2]), slim.dropout(x, 0.5, is_training=False), slim.softmax(slim.flatten(x))]
    nets += [layers.conv2d_transpose(x, 1, [2, 2], weights_initializer=fixed), layers.separable_conv2d(x, 2, [2, 2], 1, weights_initializer=fixed)]
    nets += [layers.layer_norm(x), layers.instance_norm(x), layers.unit_norm(x, 1), layers.bias_add(x), layers.one_hot_encoding([1, 0], 3)]
    nets += [once.model_variable("m", [2], initializer=fixed), once.variable("v", [2], initializer=fixed)]
    with framework.arg_scope([scaled], scale=3.0):
        nets.append(scaled(x))
    losses = [layers.l1_regularizer(0.5)(x), layers.l2_regularizer(0.5)(x)]
    names = [[v.op.name for v in found] for found in (slim.get_variables(), slim.get_model_variables(), slim.get_variables_to_restore(), slim.get_variables_by_name("biases"))]
    drawn = tf.contrib.layers.xavier_initializer(seed=1)([400, 200]), tf.contrib.layers.variance_scaling_initializer(factor=1.0, seed=1)([400, 200])
    session.run(tf.compat.v1.global_variables_initializer())
    for net in nets + losses:
        print(session.run(net).ravel()[:4].round(4), net.shape)
    print(names)
    print([(abs(session.run(one).mean().tolist()) < 1e-3, session.run(one).std().round(3).tolist()) for one in drawn])
    print(session.run(tf.add_n(tf.compat.v1.losses.get_regularization_losses())).round(4))
