import tensorflow as tf

x = tf.placeholder(tf.float32, shape=[None])  # expect: 5 tf-placeholder
total = tf.reduce_sum(2.0 * x)

with tf.Session() as sess:  # expect: 6 tf-session
    print(sess.run(total, feed_dict={x: [1.0, 2.0]}))  # expect: 11 tf-session-run, 27 tf-feed-dict
