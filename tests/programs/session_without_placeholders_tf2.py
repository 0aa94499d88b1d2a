"""Variables, assignments and a dataset without a session."""

import numpy as np
import tensorflow as tf


def fit_line():
    """Gradient descent over a dataset; returns the slope."""
    inputs = np.arange(8, dtype=np.float32)
    dataset = tf.data.Dataset.from_tensor_slices((inputs, 2.0 * inputs)).repeat().batch(4)
    slope = tf.Variable(0.0, name="slope")
    optimizer = tf.keras.optimizers.SGD(0.01)
    for x, y in dataset.take(50):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - slope * x))
        optimizer.apply_gradients([(tape.gradient(loss, slope), slope)])
    return slope.numpy()


def count():
    """Counts in a variable; returns the last number."""
    counter = tf.Variable(0, name="counter")
    return [int(counter.assign_add(1)) for _ in range(3)][-1]


def running_mean():
    """A streaming metric; returns its value."""
    mean = tf.keras.metrics.Mean()
    mean.update_state(tf.constant([1.0, 3.0]))
    return mean.result().numpy()


print("slope: %.2f" % fit_line())
print("count: %d" % count())
print("mean: %.1f" % running_mean())
