import tensorflow as tf

config = tf.ConfigProto(allow_soft_placement=True)  # expect: 10 tf-session
total = tf.constant(1.0) + 2.0

with tf.Session(config=config) as sess:  # expect: 6 tf-session
    print(sess.run(total))  # expect: 11 tf-session-run
