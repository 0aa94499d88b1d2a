import tensorflow as tf

x = tf.ones([1, 4, 2])
h = tf.compat.v1.layers.flatten(x)  # expect: 5 tf-raising-symbol
y = tf.compat.v1.layers.dense(h, 3)  # expect: 5 tf-raising-symbol

print(y.shape)
