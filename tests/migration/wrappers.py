"""Functions of TensorFlow looked up in tables, by getattr, and stored in classes."""

import tensorflow as tf

tf.enable_eager_execution()

ACTIVATIONS = {"log": tf.log, "relu": tf.nn.relu, "ceil": tf.ceil, "tanh": tf.tanh}
REDUCTIONS = ["sum", "mean", "max"]


class Module(object):
    summarize = staticmethod(tf.reduce_logsumexp)

    def __init__(self, activation):
        self.activation = ACTIVATIONS[activation]
        self.cast = tf.to_float

    def __call__(self, x):
        return self.activation(self.cast(x))


x = tf.constant([[1, 2], [3, 4]])
for name in sorted(ACTIVATIONS):
    print(name, Module(name)(x).numpy().round(3).tolist())
for name in REDUCTIONS:
    print(name, getattr(tf, "reduce_" + name)(x, axis=1).numpy().tolist())
print("%.3f" % Module.summarize(tf.to_float(x)).numpy(), getattr(tf, "matrix_diag")([1, 2]).numpy().tolist())
seen = {x: "x"}
print(seen[x], x == x, tf.to_float(x) == None)  # noqa: E711
