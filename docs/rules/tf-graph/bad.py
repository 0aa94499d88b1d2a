import tensorflow as tf

tf.reset_default_graph()  # expect: 1 tf-graph
x = tf.constant([1.0, 2.0])
tf.reduce_sum(x, name="total")

total = tf.get_default_graph().get_tensor_by_name("total:0")  # expect: 9 tf-graph
with tf.Session() as sess:  # expect: 6 tf-session
    print(sess.run(total))  # expect: 11 tf-session-run
