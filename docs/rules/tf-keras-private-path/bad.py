"""A layer that adds noise while it is trained, and passes on its input otherwise."""

import tensorflow as tf
from tensorflow.python.keras.layers.noise import GaussianNoise  # expect: 50 tf-keras-private-path

layer = GaussianNoise(0.1)  # expect: 9 tf-keras-private-path
print(layer(tf.ones([1, 2]), training=False).shape)
