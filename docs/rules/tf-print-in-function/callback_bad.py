import pprint

import tensorflow as tf


def load(number):
    pprint.pprint({"element": "loaded"})  # expect: 5 tf-print-in-function
    return number * 2


dataset = tf.data.Dataset.range(3).map(load)
print([int(number) for number in dataset])
