#!/usr/bin/env python2
import sys
import tensorflow as tf

FLAGS = tf.app.flags.FLAGS  # expect: 9 tf-legacy-module
x = tf.placeholder(tf.float32, [None, 784])  # expect: 5 tf-placeholder
w = tf.Variable(tf.zeros([784, 10]))
y = tf.nn.softmax(tf.matmul(x, w))
loss = -tf.reduce_sum(tf.log(y), reduction_indices=[1])  # expect: 23 tf-renamed-symbol, 34 tf-renamed-argument
sess = tf.Session()  # expect: 8 tf-session
sess.run(tf.initialize_all_variables())  # expect: 1 tf-session-run, 10 tf-initializer-op
for step in xrange(1000L):  # expect: 23 tf-python-two
    value = sess.run(loss, feed_dict={x: [[0.] * 784]})  # expect: 13 tf-session-run, 28 tf-feed-dict
    if step % 0144 == 0:
        print "step %d: loss" % step, value, sess.run(tf.log(y))  # expect: 46 tf-session-run, 55 tf-renamed-symbol
        print >>sys.stderr, "step", step, tf.log(y),  # expect: 43 tf-renamed-symbol
print
