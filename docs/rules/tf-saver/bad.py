import tensorflow as tf

weight = tf.Variable(1.0, name="weight")
saver = tf.train.Saver()  # expect: 9 tf-saver

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(weight.initializer)  # expect: 5 tf-session-run
    path = saver.save(sess, "./model")
    sess.run(weight.assign(5.0))  # expect: 5 tf-session-run
    saver.restore(sess, path)
    print(sess.run(weight))  # expect: 11 tf-session-run
