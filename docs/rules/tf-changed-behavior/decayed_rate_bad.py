import tensorflow as tf

step = tf.Variable(0, trainable=False)
rate = tf.compat.v1.train.exponential_decay(0.1, step, 1, 0.5)
half = rate * 0.5  # expect: 8 tf-changed-behavior
print(half.shape)
