"""Sequence to sequence with attention: the decoder learns to repeat its input."""

import numpy as np
import tensorflow as tf

VOCABULARY, LENGTH, UNITS, START = 8, 4, 16, 0

tf.random.set_seed(0)


class Seq2Seq(tf.keras.Model):
    """A bidirectional encoder and a decoder that attends to what it read."""

    def __init__(self):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(VOCABULARY, UNITS)
        self.encoder = tf.keras.layers.Bidirectional(tf.keras.layers.GRU(UNITS, return_sequences=True))
        self.bridge = tf.keras.layers.Dense(UNITS)
        self.decoder = tf.keras.layers.GRU(UNITS, return_sequences=True, return_state=True)
        self.attention = tf.keras.layers.Attention()
        self.projection = tf.keras.layers.Dense(VOCABULARY, use_bias=False)

    def encode(self, source):
        memory = self.bridge(self.encoder(self.embedding(source)))
        return memory, memory[:, -1]

    def decode(self, words, memory, state):
        outputs, state = self.decoder(self.embedding(words), initial_state=state)
        context = self.attention([outputs, memory])
        return self.projection(tf.concat([outputs, context], axis=-1)), state

    def call(self, inputs):
        source, words = inputs
        memory, state = self.encode(source)
        logits, _ = self.decode(words, memory, state)
        return logits


model = Seq2Seq()
optimizer = tf.keras.optimizers.Adam(0.05, global_clipnorm=5.0)
compute_loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train(source):
    """One step of teacher forcing; returns the loss."""
    starts = tf.fill([tf.shape(source)[0], 1], START)
    words = tf.concat([starts, source[:, :-1]], axis=1)
    with tf.GradientTape() as tape:
        loss = compute_loss(source, model((source, words)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


@tf.function
def translate(source):
    """The greedy decoding of a batch."""
    memory, state = model.encode(source)
    word = tf.fill([tf.shape(source)[0], 1], START)
    written = tf.TensorArray(tf.int32, size=LENGTH)
    for position in tf.range(LENGTH):
        logits, state = model.decode(word, memory, state)
        word = tf.argmax(logits, axis=-1, output_type=tf.int32)
        written = written.write(position, word[:, 0])
    return tf.transpose(written.stack())


random = np.random.RandomState(0)
losses = []
for _ in range(30):
    batch = tf.constant(random.randint(2, VOCABULARY, size=[16, LENGTH]), tf.int32)
    losses.append(float(train(batch)))
words = translate(batch[:2])

print("learned:", losses[-1] < losses[0], "decoded:", words.shape[0], "sequences")
