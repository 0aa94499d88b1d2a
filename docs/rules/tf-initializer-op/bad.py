import tensorflow as tf

weight = tf.Variable([1.0, 2.0])
init = tf.global_variables_initializer()  # expect: 8 tf-initializer-op

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(init)  # expect: 5 tf-session-run
    print(sess.run(weight))  # expect: 11 tf-session-run
