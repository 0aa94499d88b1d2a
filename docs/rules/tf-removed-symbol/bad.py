import numpy as np
import tensorflow as tf


def clip(values):
    return np.minimum(values, 2.0)


x = tf.to_float(tf.constant([1, 2, 3]))  # expect: 5 tf-removed-symbol
y = tf.py_func(clip, [x], tf.float32)  # expect: 5 tf-renamed-symbol

with tf.Session() as sess:  # expect: 6 tf-session
    print(sess.run(y).tolist())  # expect: 11 tf-session-run
