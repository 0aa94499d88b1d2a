import tensorflow as tf

optimizer = tf.keras.optimizers.SGD(0.25)
optimizer.learning_rate = 0.5
print(float(optimizer.get_config()["learning_rate"]))
