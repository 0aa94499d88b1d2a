import tensorflow as tf

x = tf.Variable(1.0)
x.assign_add(1.0)
print(x.numpy())
