"""A function, made with the optimizer as it is."""

import tensorflow as tf


@tf.function
def area(width, height):
    return width * height


print(float(area(tf.constant(2.0), tf.constant(3.0))))
