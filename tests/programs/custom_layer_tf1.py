"""Layers of one's own, written for TensorFlow 1: a tf.layers.Layer, and a Keras layer with compat.v1.get_variable."""

import numpy as np
import tensorflow as tf
from tensorflow.layers import Layer  # expect: 31 tf-layers


class Scale(tf.layers.Layer):  # expect: 13 tf-layers-base-class
    """Multiplies each feature by a weight."""

    def build(self, input_shape):
        self.scale = self.add_variable("scale", [int(input_shape[-1])], initializer=tf.ones_initializer())
        super(Scale, self).build(input_shape)

    def call(self, inputs):
        return inputs * self.scale


class Residual(Layer):  # expect: 16 tf-layers-base-class
    """Adds a dense layer's output to its input."""

    def __init__(self, units, **kwargs):
        super(Residual, self).__init__(**kwargs)
        self.dense = tf.layers.Dense(units, activation=tf.nn.tanh)  # expect: 22 tf-layers

    def call(self, inputs):
        return inputs + self.dense(inputs)


class Shared(tf.keras.layers.Layer):
    """A dense layer whose weights are one for all instances of a name."""

    def __init__(self, units, scope):
        super(Shared, self).__init__()
        self.units, self.scope = units, scope

    def call(self, inputs):
        with tf.compat.v1.variable_scope(self.scope, reuse=tf.compat.v1.AUTO_REUSE):  # expect: 54 tf-variable-reuse
            kernel = tf.compat.v1.get_variable("kernel", [int(inputs.shape[-1]), self.units])
            bias = tf.compat.v1.get_variable("bias", [self.units], initializer=tf.compat.v1.zeros_initializer())
        return tf.matmul(inputs, kernel) + bias


random = np.random.RandomState(0)
x = tf.constant(random.randn(16, 3), tf.float32)
y = tf.reduce_sum(x, axis=1, keepdims=True)

h = Residual(3)(Scale()(x))
same = tf.reduce_all(tf.equal(Shared(1, "head")(h), Shared(1, "head")(h)))
loss = tf.reduce_mean(tf.square(Shared(1, "head")(h) - y))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)  # expect: 9 tf-legacy-optimizer

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    before = sess.run(loss)  # expect: 14 tf-session-run
    for _ in range(20):
        sess.run(train)  # expect: 9 tf-session-run
    after, shared = sess.run([loss, same])  # expect: 21 tf-session-run
    variables = tf.trainable_variables()  # expect: 17 tf-global-variables

print("learned:", bool(after < before), "shared:", bool(shared), "variables:", len(variables))
