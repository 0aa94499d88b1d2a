import tensorflow as tf

x = tf.ones([2, 3, 1])  # two sequences, three steps, one feature
lengths = tf.constant([3, 1])

cell = tf.nn.rnn_cell.LSTMCell(1, initializer=tf.ones_initializer())  # expect: 8 tf-legacy-rnn
outputs, state = tf.nn.dynamic_rnn(cell, x, sequence_length=lengths, dtype=tf.float32)  # expect: 18 tf-legacy-rnn

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    print(sess.run(outputs)[..., 0].astype(float).round(3).tolist())  # expect: 11 tf-session-run
    print(sess.run(state.h)[..., 0].astype(float).round(3).tolist())  # expect: 11 tf-session-run
