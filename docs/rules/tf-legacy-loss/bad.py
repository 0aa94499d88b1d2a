import tensorflow as tf

labels = tf.constant([[1.0, 0.0], [0.0, 1.0]])
logits = tf.constant([[2.0, 0.0], [0.0, 0.0]])
loss = tf.losses.softmax_cross_entropy(labels, logits)  # expect: 8 tf-legacy-loss

with tf.Session() as sess:  # expect: 6 tf-session
    print(round(float(sess.run(loss)), 4))  # expect: 23 tf-session-run
