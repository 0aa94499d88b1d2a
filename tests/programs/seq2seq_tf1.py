"""Sequence to sequence with attention, written for TensorFlow 1: the decoder learns to repeat its input."""

import numpy as np
import tensorflow as tf
import tensorflow.contrib.seq2seq as seq2seq  # expect: 8 tf-contrib-import
from tensorflow.contrib.rnn import GRUCell  # expect: 36 tf-contrib-import
from tensorflow.python.layers.core import Dense

VOCABULARY, LENGTH, UNITS, START, END = 8, 4, 16, 0, 1

source = tf.placeholder(tf.int32, [None, LENGTH], name="source")  # expect: 10 tf-placeholder
size = tf.shape(source)[0]
target_in = tf.concat([tf.fill([size, 1], START), source[:, :-1]], axis=1)
lengths = tf.fill([size], LENGTH)

with tf.variable_scope("embedding"):  # expect: 6 tf-variable-scope
    embedding = tf.get_variable("table", [VOCABULARY, UNITS])  # expect: 17 tf-get-variable

with tf.variable_scope("encoder"):  # expect: 6 tf-variable-scope
    embedded = tf.nn.embedding_lookup(embedding, source)
    (forward, backward), states = tf.nn.bidirectional_dynamic_rnn(  # expect: 35 tf-legacy-rnn
        GRUCell(UNITS),  # expect: 9 tf-contrib
        GRUCell(UNITS),  # expect: 9 tf-contrib
        embedded,
        sequence_length=lengths,
        dtype=tf.float32,
    )
    memory = tf.concat([forward, backward], axis=2)

with tf.variable_scope("decoder") as decoder_scope:  # expect: 6 tf-variable-scope
    attention = seq2seq.LuongAttention(UNITS, memory, memory_sequence_length=lengths)  # expect: 17 tf-contrib
    cell = seq2seq.AttentionWrapper(GRUCell(UNITS), attention)  # expect: 12 tf-contrib, 37 tf-contrib
    zero = cell.zero_state(size, tf.float32).clone(cell_state=states[0])
    projection = Dense(VOCABULARY, use_bias=False)
    helper = seq2seq.TrainingHelper(tf.nn.embedding_lookup(embedding, target_in), lengths)  # expect: 14 tf-contrib
    decoder = seq2seq.BasicDecoder(cell, helper, zero, projection)  # expect: 15 tf-contrib
    outputs, _, _ = seq2seq.dynamic_decode(decoder, scope=decoder_scope)  # expect: 21 tf-contrib

with tf.variable_scope(decoder_scope, reuse=True):  # expect: 6 tf-variable-scope
    greedy = seq2seq.GreedyEmbeddingHelper(embedding, tf.fill([size], START), END)  # expect: 14 tf-contrib
    decoder = seq2seq.BasicDecoder(cell, greedy, zero, projection)  # expect: 15 tf-contrib
    decoded, _, _ = seq2seq.dynamic_decode(  # expect: 21 tf-contrib
        decoder, maximum_iterations=LENGTH, scope=decoder_scope
    )

weights = tf.ones([size, LENGTH])
loss = seq2seq.sequence_loss(outputs.rnn_output, source, weights)  # expect: 8 tf-contrib
optimizer = tf.train.AdamOptimizer(0.05)  # expect: 13 tf-legacy-optimizer
gradients, variables = zip(*optimizer.compute_gradients(loss))
clipped, _ = tf.clip_by_global_norm(gradients, 5.0)
train = optimizer.apply_gradients(zip(clipped, variables))

random = np.random.RandomState(0)
losses = []
with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    for _ in range(30):
        batch = random.randint(2, VOCABULARY, size=[16, LENGTH])
        value, _ = sess.run([loss, train], {source: batch})  # expect: 20 tf-session-run
        losses.append(value)
    words = sess.run(decoded.sample_id, feed_dict={source: batch[:2]})  # expect: 13 tf-session-run, 41 tf-feed-dict

print("learned:", bool(losses[-1] < losses[0]), "decoded:", words.shape[0], "sequences")
