import tensorflow as tf

w = tf.Variable(2.0, name="w")
ema = tf.Variable(0.0, name="ema", trainable=False)
step = tf.train.get_or_create_global_step()  # expect: 8 tf-global-variables

l2 = tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables()])  # expect: 42 tf-global-variables

print([v.name for v in tf.global_variables()])  # expect: 24 tf-global-variables
with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    print(sess.run(l2), sess.run(step))  # expect: 11 tf-session-run, 25 tf-session-run
