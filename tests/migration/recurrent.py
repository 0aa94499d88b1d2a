"""LSTM cells unrolled by dynamic_rnn."""

import numpy as np
import tensorflow as tf

inputs = np.linspace(-1, 1, 2 * 3 * 4).reshape(2, 3, 4).astype(np.float32)
with tf.variable_scope("rnn", initializer=tf.constant_initializer(0.1)):
    cells = [tf.nn.rnn_cell.BasicLSTMCell(5, forget_bias=1.0), tf.nn.rnn_cell.GRUCell(3)]
    stacked = tf.nn.rnn_cell.MultiRNNCell(cells)
    outputs, state = tf.nn.dynamic_rnn(stacked, tf.constant(inputs), sequence_length=[3, 2], dtype=tf.float32)
last = tf.reduce_max(outputs, axis=2)
with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    print(sess.run(last).round(3).tolist())
    print(sess.run(state[0].h).round(3).tolist(), outputs.get_shape().as_list())
