import tensorflow.compat.v1 as tf  # expect: 8 tf-compat-import

tf.disable_v2_behavior()

x = tf.placeholder(tf.float32)
y = tf.square(x)

with tf.Session() as sess:
    print(sess.run(y, feed_dict={x: 3.0}))
