import tensorflow as tf

dense = tf.keras.layers.Dense(
    2,
    activation="relu",  # contrib's default
    kernel_initializer="ones",
    kernel_regularizer=tf.keras.regularizers.L2(0.25),  # contrib halved the sum of squares
)
y = dense(tf.constant([[1.0, 2.0]]))
penalty = tf.add_n(dense.losses)

print(y.numpy().tolist(), penalty.numpy())
