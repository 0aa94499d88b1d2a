"""Layers of one's own: Keras layers that make their weights in build and share them by being called again."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Layer

tf.random.set_seed(0)


class Scale(tf.keras.layers.Layer):
    """Multiplies each feature by a weight."""

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=[input_shape[-1]], initializer="ones")

    def call(self, inputs):
        return inputs * self.scale


class Residual(Layer):
    """Adds a dense layer's output to its input."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = tf.keras.layers.Dense(units, activation="tanh")

    def call(self, inputs):
        return inputs + self.dense(inputs)


class Net(tf.keras.Model):
    """The layers in a row; the head is one object, so it has one kernel and one bias."""

    def __init__(self):
        super().__init__()
        self.scale = Scale()
        self.residual = Residual(3)
        self.head = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.head(self.residual(self.scale(inputs)))


random = np.random.RandomState(0)
x = tf.constant(random.randn(16, 3), tf.float32)
y = tf.reduce_sum(x, axis=1, keepdims=True)

net = Net()
optimizer = tf.keras.optimizers.SGD(0.1)
same = tf.reduce_all(tf.equal(net(x), net(x)))


@tf.function
def train():
    """One step; returns the loss before it."""
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x) - y))
    gradients = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(gradients, net.trainable_variables))
    return loss


losses = [float(train()) for _ in range(21)]
variables = net.trainable_variables

print("learned:", losses[-1] < losses[0], "shared:", bool(same), "variables:", len(variables))
