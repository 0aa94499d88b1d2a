import tensorflow as tf

with tf.name_scope(None):  # expect: 20 tf-changed-behavior
    print(tf.constant(1).shape)
