import tensorflow as tf

counter = tf.Variable(1.0)
table = tf.Variable([1.0, 2.0, 3.0])
count = tf.assign_add(counter, 2.0)  # expect: 9 tf-assign-op
write = tf.scatter_update(table, [0, 2], [8.0, 9.0])  # expect: 9 tf-assign-op

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run([counter.initializer, table.initializer])  # expect: 5 tf-session-run
    print(sess.run(count), sess.run(write))  # expect: 11 tf-session-run, 28 tf-session-run
