"""Switches that TensorFlow 2 has on from the start."""

import tensorflow as tf

tf.enable_eager_execution()
tf.enable_resource_variables()  # for the optimizers

print(tf.log([1.0]).numpy().tolist(), tf.Variable(2.0).numpy())
