import tensorflow as tf

optimizer = tf.keras.optimizers.Adam(0.1)
print(optimizer.get_config()["epsilon"])
