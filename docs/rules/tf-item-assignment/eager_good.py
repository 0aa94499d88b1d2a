import tensorflow as tf

x = tf.Variable(tf.zeros([2, 2]))
x[0, 1].assign(5.0)
print(x.numpy().tolist())
