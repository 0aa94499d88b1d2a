import tensorflow as tf

x = tf.Variable(1.0)
tf.compat.v1.train.GradientDescentOptimizer(0.1).minimize(lambda: x * x)
print(round(float(x), 2))
