"""Static shapes taken apart: dimensions, .value, int(), comparisons with None."""

import tensorflow as tf


def describe(x):
    rank = x.shape.ndims
    batch = x.shape[0].value
    if x.get_shape()[1].value is None:
        return rank, batch, "unknown"
    width = x.get_shape().dims[1].value
    flat = tf.reshape(x, [-1, width * int(x.shape[2])])
    return rank, batch, flat.shape.as_list()


with tf.Graph().as_default():
    print(describe(tf.zeros([2, 3, 4])))
    print(describe(tf.placeholder(tf.float32, [None, 3, 4])))
    print(describe(tf.placeholder(tf.float32, [5, None, 4])))
    total = 1
    for dimension in tf.zeros([2, 3, 4]).shape:
        total *= dimension.value
    print(total, tf.Dimension(3) == 3, tf.TensorShape([None, 2]).is_compatible_with([7, 2]))
    print(tf.zeros([2, 3]).shape[-1] * 2 == 6)
