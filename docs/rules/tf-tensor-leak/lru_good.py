import functools

import numpy as np
import tensorflow as tf


@functools.lru_cache(maxsize=None)
def positions(length):
    return np.arange(length, dtype=np.int32)


@tf.function
def shift(x):
    return x + positions(3)


shift(tf.constant([1, 2, 3]))
print(shift(tf.constant([[1, 2, 3]])).shape)
