"""The same recurrent classifier as tf_upgrade_v2 leaves it: compat.v1 with TensorFlow 2's behaviour switched off.

Most of it still runs. What does not: Keras 3 has no `tf.layers` and no `tf.nn.rnn_cell`.
"""

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()

STEPS, FEATURES, UNITS, CLASSES = 5, 3, 8, 2


def batches(count, size=32):
    """Sequences whose label says whether their first feature sums to more than nothing."""
    random = np.random.RandomState(0)
    for _ in range(count):
        inputs = random.randn(size, STEPS, FEATURES).astype(np.float32)
        yield inputs, (inputs[:, :, 0].sum(axis=1) > 0).astype(np.int64)


class Classifier:
    """Holds the graph's ends and the session that runs it."""

    def __init__(self, units):
        self.x = tf.placeholder(tf.float32, [None, STEPS, FEATURES], name="x")
        self.labels = tf.placeholder(tf.int64, [None], name="labels")
        with tf.variable_scope("rnn"):
            cell = tf.nn.rnn_cell.LSTMCell(units)  # expect: 20 tf-raising-symbol
            outputs, state = tf.nn.dynamic_rnn(cell, self.x, dtype=tf.float32)
        self.logits = tf.layers.dense(state.h, CLASSES)  # expect: 23 tf-raising-symbol
        self.loss = tf.losses.sparse_softmax_cross_entropy(labels=self.labels, logits=self.logits)
        self.step = tf.train.get_or_create_global_step()
        rate = tf.train.exponential_decay(0.02, self.step, 100, 0.9)
        self.train_op = tf.train.AdamOptimizer(rate).minimize(self.loss, global_step=self.step)
        self.session = tf.Session()

    def train(self, data):
        self.session.run(tf.global_variables_initializer())
        losses = []
        for inputs, targets in data:
            feed = {self.x: inputs, self.labels: targets}
            value, _ = self.session.run([self.loss, self.train_op], feed_dict=feed)
            losses.append(value)
        return losses

    def predict(self, inputs):
        return self.session.run(tf.argmax(self.logits, 1), feed_dict={self.x: inputs})


classifier = Classifier(UNITS)
losses = classifier.train(batches(40))
inputs, targets = next(batches(1, size=256))
score = np.mean(classifier.predict(inputs) == targets)
steps = classifier.session.run(classifier.step)
classifier.session.close()

print("steps:", steps, "learned:", bool(losses[-1] < losses[0]), "better than chance:", bool(score > 0.6))
