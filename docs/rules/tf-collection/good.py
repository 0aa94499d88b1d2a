import tensorflow as tf

layer = tf.keras.layers.Dense(
    1,
    kernel_initializer=tf.keras.initializers.Constant([[3.0], [4.0]]),
    kernel_regularizer=tf.nn.l2_loss,
)
layer(tf.ones([1, 2]))

print(tf.add_n(layer.losses).numpy())
