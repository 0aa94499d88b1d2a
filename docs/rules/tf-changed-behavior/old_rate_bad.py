import tensorflow as tf

optimizer = tf.keras.optimizers.SGD(0.25)
optimizer.lr = 0.5  # expect: 1 tf-changed-behavior
print(float(optimizer.get_config()["learning_rate"]))
