import tensorflow as tf

x = tf.constant([[1.0, 2.0]])
y = tf.contrib.layers.fully_connected(  # expect: 5 tf-contrib
    x,
    2,
    weights_initializer=tf.ones_initializer(),
    weights_regularizer=tf.contrib.layers.l2_regularizer(0.5),  # expect: 25 tf-contrib
)
penalty = tf.losses.get_regularization_loss()  # expect: 11 tf-legacy-loss

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    print(sess.run(y).tolist(), sess.run(penalty))  # expect: 11 tf-session-run, 33 tf-session-run
