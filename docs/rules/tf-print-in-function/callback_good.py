import pprint

import tensorflow as tf


def show(number):
    pprint.pprint({"element": int(number)})
    return number


def load(number):
    shown = tf.py_function(show, [number], tf.int64)
    return shown * 2


dataset = tf.data.Dataset.range(3).map(load)
print([int(number) for number in dataset])
