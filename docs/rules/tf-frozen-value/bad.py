import random
import time

import tensorflow as tf


@tf.function
def augment(x):
    scale = random.random()  # expect: 13 tf-frozen-value
    return x * scale


@tf.function
def stamp():
    return tf.constant(time.time(), tf.float64)  # expect: 24 tf-frozen-value


first, moment = augment(tf.constant(1.0)), stamp()
time.sleep(0.01)
print("differs", bool(first != augment(tf.constant(1.0))), bool(moment != stamp()))
