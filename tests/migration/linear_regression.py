"""Least squares by gradient descent: placeholders, variables, a session."""

import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2], name="x")
y = tf.placeholder(tf.float32, [None], name="y")
w = tf.Variable(tf.zeros([2, 1]), name="w")
b = tf.Variable(0.0, name="b")
predicted = tf.squeeze(tf.matmul(x, w), squeeze_dims=[1]) + b
loss = tf.reduce_mean(tf.square(predicted - y))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

random = np.random.RandomState(0)
data = random.rand(64, 2).astype(np.float32)
target = data.dot([2.0, -1.0]) + 0.5

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(200):
        _, value = sess.run([train, loss], feed_dict={x: data, y: target})
        if step % 50 == 0:
            print(step, "%.3f" % value)
    print(np.round(sess.run(w).ravel(), 1), round(float(b.eval()), 1))
