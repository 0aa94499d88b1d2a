"""Eager training as TensorFlow 1.15 had it: tape, tfe variables, optimizer of tf.train, py_func."""

import numpy as np
import tensorflow as tf

tf.compat.v1.enable_eager_execution()
tfe = tf.contrib.eager

w = tfe.Variable([[0.0], [0.0]], name="w")
optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.2)
x = tf.constant([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
y = tf.constant([[2.0], [-1.0], [1.0]])


@tfe.defun
def loss_of(inputs, targets):
    return tf.reduce_mean(tf.squared_difference(tf.matmul(inputs, w), targets))


for step in range(60):
    with tf.GradientTape() as tape:
        loss = loss_of(x, y)
    gradients = tape.gradient(loss, [w])
    optimizer.apply_gradients(zip(gradients, [w]))
print("%.3f" % loss.numpy(), w.numpy().round(2).ravel().tolist())
print(tf.py_func(lambda a: np.sort(a)[::-1], [tf.constant([1.0, 3.0, 2.0])], tf.float32).numpy().tolist())
tf.assert_equal(tf.shape(w)[0], 2)
print(tf.assign_sub(w, w).numpy().ravel().tolist())
