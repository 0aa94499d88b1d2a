import tensorflow as tf

labels, predictions = [1, 0, 1, 1], [1, 1, 1, 1]
accuracy, update = tf.metrics.accuracy(labels, predictions)  # expect: 20 tf-legacy-metric

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.local_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    sess.run(update)  # expect: 5 tf-session-run
    print(sess.run(accuracy))  # expect: 11 tf-session-run
