import tensorflow as tf

flatten = tf.keras.layers.Flatten()
dense = tf.keras.layers.Dense(3)

x = tf.ones([1, 4, 2])
h = flatten(x)
y = dense(h)

print(y.shape)
