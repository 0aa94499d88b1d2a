"""The same recurrent classifier as a Keras model class with a training loop of its own."""

import numpy as np
import tensorflow as tf

STEPS, FEATURES, UNITS, CLASSES = 5, 3, 8, 2

tf.random.set_seed(0)


def batches(count, size=32):
    """Sequences whose label says whether their first feature sums to more than nothing."""
    random = np.random.RandomState(0)
    for _ in range(count):
        inputs = random.randn(size, STEPS, FEATURES).astype(np.float32)
        yield tf.constant(inputs), tf.constant((inputs[:, :, 0].sum(axis=1) > 0).astype(np.int64))


class Classifier(tf.keras.Model):
    """An LSTM and a linear layer."""

    def __init__(self, units):
        super().__init__()
        self.rnn = tf.keras.layers.RNN(tf.keras.layers.LSTMCell(units), return_state=True)
        self.dense = tf.keras.layers.Dense(CLASSES)

    def call(self, x):
        output, h, c = self.rnn(x)
        return self.dense(h)


classifier = Classifier(UNITS)
optimizer = tf.keras.optimizers.Adam(tf.keras.optimizers.schedules.ExponentialDecay(0.02, 100, 0.9))
compute_loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train(x, labels):
    """One step; returns the loss before it."""
    with tf.GradientTape() as tape:
        loss = compute_loss(labels, classifier(x))
    variables = classifier.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


losses = [float(train(inputs, targets)) for inputs, targets in batches(40)]
inputs, targets = next(batches(1, size=256))
score = np.mean(tf.argmax(classifier(inputs), 1).numpy() == targets.numpy())
checkpoint = tf.train.Checkpoint(model=classifier, optimizer=optimizer)
tf.train.CheckpointManager(checkpoint, "./checkpoints", max_to_keep=1).save()
steps = int(optimizer.iterations)

print("steps:", steps, "learned:", losses[-1] < losses[0], "better than chance:", bool(score > 0.6))
