"""Convolutions, pooling and gathering with the argument orders of TensorFlow 1."""

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()

image = tf.constant(np.arange(16, dtype=np.float32).reshape(1, 4, 4, 1))
kernel = tf.ones([2, 2, 1, 1])
print(tf.nn.conv2d(image, kernel, [1, 2, 2, 1], "VALID").numpy().ravel().tolist())
print(tf.nn.conv2d(image, filter=kernel, strides=[1, 2, 2, 1], padding="VALID").numpy().ravel().tolist())
print(tf.nn.max_pool(value=image, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME").numpy().ravel().tolist())
print(tf.nn.avg_pool(image, [1, 2, 2, 1], [1, 2, 2, 1], "SAME").numpy().ravel().tolist())
print(tf.nn.depthwise_conv2d(image, kernel, [1, 1, 1, 1], "VALID", [2, 2]).shape.as_list())
print(tf.space_to_depth(image, 2).shape.as_list(), tf.extract_image_patches(image, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID").shape.as_list())
table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
print(tf.gather(table, [2, 0], None, "gathered").numpy().tolist(), tf.batch_gather(table, [[1], [0], [1]]).numpy().tolist())
print(tf.nn.embedding_lookup(table, [1, 2], "mod").numpy().tolist())
print(tf.strided_slice(table, [0, 0], [3, 1]).numpy().tolist(), tf.sparse_reduce_sum(tf.SparseTensor([[0, 0]], [7.0], [2, 2]), 1).numpy().tolist())
print(tf.scatter_nd([[1]], [3.0], [3]).numpy().tolist(), tf.unsorted_segment_max([1.0, 5.0, 2.0], [0, 0, 1], 2).numpy().tolist())
