import tensorflow as tf

weight = tf.Variable([1.0, 2.0])

print(weight.numpy())
