import tensorflow as tf

weight = tf.Variable(4.0)
loss = tf.square(weight)
train = tf.train.GradientDescentOptimizer(0.25).minimize(loss)  # expect: 9 tf-legacy-optimizer

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(weight.initializer)  # expect: 5 tf-session-run
    for _ in range(2):
        sess.run(train)  # expect: 9 tf-session-run
    print(sess.run(weight))  # expect: 11 tf-session-run
