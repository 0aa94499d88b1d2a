"""A recurrent classifier of random sequences: a Keras model, fit, evaluate."""

import numpy as np
import tensorflow as tf

STEPS, FEATURES, UNITS, CLASSES = 5, 3, 8, 2

tf.random.set_seed(0)


def sequences(size):
    """Sequences whose label says whether their first feature sums to more than nothing."""
    random = np.random.RandomState(0)
    inputs = random.randn(size, STEPS, FEATURES).astype(np.float32)
    return inputs, (inputs[:, :, 0].sum(axis=1) > 0).astype(np.int64)


model = tf.keras.Sequential(
    [
        tf.keras.Input([STEPS, FEATURES]),
        tf.keras.layers.LSTM(UNITS, return_sequences=True),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.LSTM(UNITS),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.Dense(CLASSES),
    ]
)
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.02),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)

dataset = tf.data.Dataset.from_tensor_slices(sequences(32 * 40)).batch(32)
history = model.fit(dataset, epochs=2, verbose=0)
score = model.evaluate(*sequences(256), verbose=0, return_dict=True)["accuracy"]
model.save("rnn_classifier.keras")

losses = history.history["loss"]
steps = int(model.optimizer.iterations)
print("steps:", steps, "learned:", losses[-1] < losses[0], "better than chance:", score > 0.6)
