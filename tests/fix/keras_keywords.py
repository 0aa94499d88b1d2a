"""Keywords of Keras."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

print(tf.keras.optimizers.SGD(lr=0.25).get_config()["learning_rate"])
print(tf.keras.optimizers.Adam(lr=0.5, beta_1=0.75).get_config()["learning_rate"])
print(tf.keras.layers.LeakyReLU(alpha=0.25)(tf.constant([-2.0, 1.0])).numpy())
