import tensorflow as tf

layer = tf.keras.layers.BatchNormalization()
print(layer(tf.constant([[1.0], [3.0]]), training=True).numpy().round(1).tolist())
