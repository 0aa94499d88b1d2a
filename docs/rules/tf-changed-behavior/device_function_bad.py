import tensorflow as tf


def choose(operation):
    return "/cpu:0"


with tf.device(choose):  # expect: 16 tf-changed-behavior
    print(tf.constant([1, 2]).shape)
