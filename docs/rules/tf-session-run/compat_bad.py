import tensorflow as tf

x = tf.constant([1.0, 2.0])
total = tf.reduce_sum(x)

with tf.compat.v1.Session() as sess:
    print(sess.run(total))  # expect: 11 tf-session-run
