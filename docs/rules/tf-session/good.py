import tensorflow as tf

tf.config.set_soft_device_placement(True)
total = tf.constant(1.0) + 2.0

print(total.numpy())
