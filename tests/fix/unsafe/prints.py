"""Prints in a tf.function."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()


@tf.function
def step(x):
    print("one", 1, 0.5, True, None)
    print("%d {}", "b", sep="-", end="!\n")
    return tf.placeholder_with_default(x, [])


print(step(tf.constant(1.0)).numpy())
