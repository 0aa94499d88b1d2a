"""One step of gradient descent with an optimizer that was tried out under another name."""

import tensorflow as tf

weight = tf.Variable(2.0)
optimizer = tf.keras.optimizers.experimental.SGD(learning_rate=0.5)  # expect: 13 tf-unavailable-symbol
optimizer.apply_gradients([(tf.constant(1.0), weight)])
print(weight.numpy())
