import tensorflow as tf

initializer = tf.random_normal_initializer(stddev=1.0)
print(round(float(tf.math.reduce_std(initializer([1000000]))), 2))
