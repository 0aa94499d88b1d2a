import tensorflow as tf

with tf.compat.v1.Session() as sess:
    x = tf.constant([1.0, 2.0])
    total = tf.reduce_sum(x)
    print(sess.run(total))
