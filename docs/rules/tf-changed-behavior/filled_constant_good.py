import tensorflow as tf

print(tf.constant([1, 2, 2, 2], shape=[4]).numpy().tolist())
