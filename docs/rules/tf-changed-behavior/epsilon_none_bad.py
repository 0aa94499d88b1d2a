import tensorflow as tf

optimizer = tf.keras.optimizers.Adam(0.1, epsilon=None)  # expect: 43 tf-changed-behavior
print(optimizer.get_config()["epsilon"])
