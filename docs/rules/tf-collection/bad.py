import tensorflow as tf

weight = tf.Variable([[3.0], [4.0]])
tf.add_to_collection("losses", tf.nn.l2_loss(weight))  # expect: 1 tf-collection
total = tf.add_n(tf.get_collection("losses"))  # expect: 18 tf-collection

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(weight.initializer)  # expect: 5 tf-session-run
    print(sess.run(total))  # expect: 11 tf-session-run
