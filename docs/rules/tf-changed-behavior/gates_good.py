import tensorflow as tf



def hard_sigmoid(x):
    return tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)


layer = tf.keras.layers.GRU(
    1,
    kernel_initializer="ones",
    recurrent_initializer="ones",
    recurrent_activation=hard_sigmoid,
    reset_after=False,
)
print(round(float(layer(tf.ones([1, 2, 1]))[0, 0]), 4))
