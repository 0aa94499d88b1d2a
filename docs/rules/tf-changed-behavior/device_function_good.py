import tensorflow as tf

with tf.device("/cpu:0"):
    print(tf.constant([1, 2]).shape)
