"""A layer that adds noise while it is trained, and passes on its input otherwise."""

import tensorflow as tf

layer = tf.keras.layers.GaussianNoise(0.1)
print(layer(tf.ones([1, 2]), training=False).shape)
