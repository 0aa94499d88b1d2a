import functools

import tensorflow as tf

conv2d = functools.partial(tf.keras.layers.Conv2D, padding="valid", activation="relu")

images = tf.ones([1, 2, 2, 1])
h = conv2d(1, 2, kernel_initializer="ones")(images)
y = tf.keras.layers.Flatten()(h)
cell = tf.keras.layers.GRUCell(3, reset_after=False)

print(y.shape, cell.state_size)
