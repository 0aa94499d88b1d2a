import tensorflow as tf

step = tf.Variable(0.0)
optimizer = tf.keras.optimizers.SGD(0.1 / (1.0 + step))  # expect: 37 tf-changed-behavior
print(type(optimizer).__name__)
