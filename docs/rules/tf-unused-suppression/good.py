import tensorflow as tf

x = tf.constant([1.0, 2.0])
y = tf.math.log(x)
print(round(float(tf.reduce_sum(y)), 3))
