"""Blocks and patches of images."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.reshape(tf.range(32.0), [2, 4, 4, 1])
four = tf.reshape(tf.range(16.0), [4, 2, 2, 1])
print(tf.batch_to_space_nd(four, [2, 2], [[0, 0], [0, 1]]).numpy().tolist())
print(tf.batch_to_space_nd(input=four, block_shape=[2, 2], crops=[[0, 0], [0, 0]], name="n").numpy().tolist())
print(tf.manip.batch_to_space_nd(four, [2, 2], [[0, 0], [0, 1]]).numpy().tolist())
print(tf.extract_image_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID").numpy().tolist())
print(tf.extract_image_patches(images=x, ksizes=[1, 3, 3, 1], strides=[1, 2, 2, 1], rates=[1, 1, 1, 1], padding="SAME", name="n").numpy().sum(axis=3).tolist())
print(tf.image.extract_image_patches(x, ksizes=[1, 2, 2, 1], strides=[1, 1, 1, 1], rates=[1, 2, 2, 1], padding="VALID").numpy().tolist())
print(tf.image.extract_image_patches(x, sizes=[1, 2, 2, 1], strides=[1, 1, 1, 1], rates=[1, 2, 2, 1], padding="VALID").numpy().tolist())
print(tf.manip.gather_nd([[1, 2], [3, 4]], [[1, 0]]).numpy(), tf.manip.gather_nd(params=[[1, 2], [3, 4]], indices=[[0]], name="n").numpy())
