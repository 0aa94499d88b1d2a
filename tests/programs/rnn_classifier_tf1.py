"""A recurrent classifier of random sequences, written for TensorFlow 1: placeholders, contrib cells, a session."""

import numpy as np
import tensorflow as tf

STEPS, FEATURES, UNITS, CLASSES = 5, 3, 8, 2


def batches(count, size=32):
    """Sequences whose label says whether their first feature sums to more than nothing."""
    random = np.random.RandomState(0)
    for _ in range(count):
        inputs = random.randn(size, STEPS, FEATURES).astype(np.float32)
        yield inputs, (inputs[:, :, 0].sum(axis=1) > 0).astype(np.int64)


x = tf.placeholder(tf.float32, [None, STEPS, FEATURES], name="x")  # expect: 5 tf-placeholder
labels = tf.placeholder(tf.int64, [None], name="labels")  # expect: 10 tf-placeholder
keep_prob = tf.placeholder_with_default(1.0, [], name="keep_prob")  # expect: 13 tf-placeholder


def make_cell():
    cell = tf.contrib.rnn.LSTMCell(UNITS, state_is_tuple=True)  # expect: 12 tf-contrib
    return tf.contrib.rnn.DropoutWrapper(cell, output_keep_prob=keep_prob)  # expect: 12 tf-contrib


with tf.variable_scope("model"):  # expect: 6 tf-variable-scope
    cells = tf.contrib.rnn.MultiRNNCell([make_cell() for _ in range(2)])  # expect: 13 tf-contrib
    outputs, state = tf.nn.dynamic_rnn(cells, x, dtype=tf.float32)  # expect: 22 tf-legacy-rnn
    logits = tf.layers.dense(outputs[:, -1], CLASSES)  # expect: 14 tf-layers

loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)  # expect: 8 tf-legacy-loss
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), labels), tf.float32))

global_step = tf.train.get_or_create_global_step()  # expect: 15 tf-global-variables
train = tf.train.AdamOptimizer(0.02).minimize(loss, global_step=global_step)  # expect: 9 tf-legacy-optimizer
saver = tf.train.Saver(max_to_keep=1)  # expect: 9 tf-saver

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    losses = []
    for inputs, targets in batches(40):
        feed = {x: inputs, labels: targets, keep_prob: 0.9}
        _, value = sess.run([train, loss], feed_dict=feed)  # expect: 20 tf-session-run, 44 tf-feed-dict
        losses.append(value)
    inputs, targets = next(batches(1, size=256))
    score = accuracy.eval(feed_dict={x: inputs, labels: targets})  # expect: 13 tf-tensor-eval, 27 tf-feed-dict
    saver.save(sess, "./rnn_classifier", global_step=global_step)
    steps = sess.run(global_step)  # expect: 13 tf-session-run

print("steps:", steps, "learned:", bool(losses[-1] < losses[0]), "better than chance:", bool(score > 0.6))
