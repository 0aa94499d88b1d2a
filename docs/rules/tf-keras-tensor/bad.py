import tensorflow as tf

a = tf.keras.Input([3])
b = tf.keras.Input([3])

both = tf.concat([a, b], axis=-1)  # expect: 18 tf-keras-tensor
hidden = tf.keras.layers.Dense(2, kernel_initializer="ones")(both)
total = tf.reduce_sum(hidden * 2, axis=1)  # expect: 23 tf-keras-tensor
model = tf.keras.Model([a, b], total)

width = both.shape.as_list()[-1]  # expect: 9 tf-keras-tensor
print(width, model([tf.ones([1, 3]), tf.ones([1, 3])]).numpy().tolist())
