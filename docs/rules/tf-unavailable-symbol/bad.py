"""A function, made with a switch for its optimizer set first."""

import tensorflow as tf

tf.config.experimental.disable_mlir_graph_optimization()  # expect: 1 tf-unavailable-symbol


@tf.function
def area(width, height):
    return width * height


print(float(area(tf.constant(2.0), tf.constant(3.0))))
