import sys

import tensorflow as tf


def log(x):
    tf.print("loss", x, output_stream=sys.stdout)


@tf.function
def step(x):
    print("Tracing step", flush=True)
    loss = x * 2.0
    log(loss)
    if loss > 2.0:
        tf.print("large", output_stream=sys.stdout)
    return loss


for number in range(3):
    step(tf.constant(float(number)))
