import tensorflow as tf

a = tf.keras.Input([3])
b = tf.keras.Input([3])

both = tf.keras.layers.Concatenate()([a, b])
hidden = tf.keras.layers.Dense(2, kernel_initializer="ones")(both)
total = tf.keras.layers.Lambda(lambda tensor: tf.reduce_sum(tensor, axis=1))(hidden * 2)
model = tf.keras.Model([a, b], total)

width = both.shape[-1]
print(width, model([tf.ones([1, 3]), tf.ones([1, 3])]).numpy().tolist())
