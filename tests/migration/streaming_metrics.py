"""tf.metrics, updated batch by batch."""

import tensorflow as tf

labels = tf.placeholder(tf.int64, [None])
predictions = tf.placeholder(tf.int64, [None])
accuracy, update = tf.metrics.accuracy(labels, predictions)
mean, update_mean = tf.metrics.mean(tf.cast(predictions, tf.float32))
recall = tf.metrics.recall(labels, predictions, name="recall")

with tf.Session() as sess:
    sess.run([tf.local_variables_initializer(), tf.global_variables_initializer()])
    for truth, guess in [([1, 0, 1], [1, 1, 1]), ([0, 0], [0, 1])]:
        sess.run([update, update_mean, recall[1]], {labels: truth, predictions: guess})
    print("%.2f %.2f %.2f" % tuple(sess.run([accuracy, mean, recall[0]])))
    print(sorted(v.op.name for v in tf.local_variables()))
