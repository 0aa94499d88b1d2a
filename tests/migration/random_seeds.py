"""Seeds make random numbers repeat; shapes and ranges are what is printed."""

import numpy as np
import tensorflow as tf

tf.set_random_seed(1234)
uniform = tf.random_uniform([100], minval=0, maxval=10, dtype=tf.int32, seed=1)
normal = tf.random_normal([1000], mean=2.0, stddev=0.5, seed=2)
truncated = tf.truncated_normal([1000], stddev=1.0, seed=3)
shuffled = tf.random_shuffle(tf.range(10), seed=4)
drawn = tf.multinomial(tf.log([[0.1, 0.9]]), 50, seed=5)


def sample():
    with tf.Session() as sess:
        return sess.run([uniform, normal, truncated, shuffled, drawn])


first, second = sample(), sample()
print([bool(np.array_equal(a, b)) for a, b in zip(first, second)])
print(first[0].min() >= 0, first[0].max() < 10, abs(first[1].mean() - 2.0) < 0.1, np.abs(first[2]).max() <= 2.0)
print(sorted(first[3].tolist()), first[4].shape, first[4].mean() > 0.7)
