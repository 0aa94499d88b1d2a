import tensorflow as tf
import tensorflow.contrib.slim as slim  # expect: 8 tf-contrib-import
from tensorflow.contrib import rnn  # expect: 32 tf-contrib-import

images = tf.ones([1, 2, 2, 1])
with slim.arg_scope([slim.conv2d], padding="VALID"):  # expect: 6 tf-contrib, 22 tf-contrib
    h = slim.conv2d(images, 1, 2, weights_initializer=tf.ones_initializer())  # expect: 9 tf-contrib
y = slim.flatten(h)  # expect: 5 tf-contrib
cell = rnn.GRUCell(3)  # expect: 8 tf-contrib

print(y.shape, cell.output_size)
