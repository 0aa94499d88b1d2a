import sys

import tensorflow as tf


@tf.function
def half(x):
    tf.print("x =", x, output_stream=sys.stdout)
    return x / 2.0


half(tf.constant(3.0))
