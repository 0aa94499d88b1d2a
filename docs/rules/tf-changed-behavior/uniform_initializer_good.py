import tensorflow as tf

initializer = tf.random_uniform_initializer(0.0, 1.0)
print(round(float(tf.reduce_max(initializer([100000]))), 2))
