"""A name of tf.contrib just behind the import."""

import tensorflow as tf
tf.contrib.slim.flatten(tf.zeros([2, 1, 2]))
print(tf.contrib.layers.flatten(tf.zeros([2, 1, 2])).shape)
