import time

import tensorflow as tf


@tf.function
def augment(x):
    scale = tf.random.uniform([])
    return x * scale


@tf.function
def stamp():
    return tf.timestamp()


first, moment = augment(tf.constant(1.0)), stamp()
time.sleep(0.01)
print("differs", bool(first != augment(tf.constant(1.0))), bool(moment != stamp()))
