"""Loops and branches as Python in functions that AutoGraph converts."""

import numpy as np
import tensorflow as tf


@tf.function
def collatz(number):
    """How many steps the number takes to come down to one."""
    steps = tf.constant(0)
    while number != 1:
        if number % 2 == 0:
            number = number // 2
        else:
            number = 3 * number + 1
        steps += 1
    return steps


@tf.function
def clipped_norms(rows):
    """The length of each row, at most four."""
    return tf.minimum(tf.norm(rows, axis=1), 4.0)


@tf.function
def describe(number):
    """A branch among three."""
    sign = tf.constant(0)
    if number < 0:
        sign = tf.constant(-1)
    elif number > 0:
        sign = tf.constant(1)
    return sign


n = tf.constant(6)
values = tf.constant(np.array([[3.0, 4.0], [0.6, 0.8]]), tf.float32)
total = tf.Variable(0, name="total")

steps = collatz(n)
total.assign_add(steps)
print([int(steps), int(describe(n))])
print([round(float(norm), 3) for norm in clipped_norms(values)])
print(bool(total > 0))
