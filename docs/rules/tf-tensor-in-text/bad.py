import sys

import tensorflow as tf


@tf.function
def half(x):
    tf.print(f"x = {x}", output_stream=sys.stdout)  # expect: 21 tf-tensor-in-text
    return x / 2.0


half(tf.constant(3.0))
