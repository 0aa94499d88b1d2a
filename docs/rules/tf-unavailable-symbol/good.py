"""One step of gradient descent."""

import tensorflow as tf

weight = tf.Variable(2.0)
optimizer = tf.keras.optimizers.SGD(learning_rate=0.5)
optimizer.apply_gradients([(tf.constant(1.0), weight)])
print(weight.numpy())
