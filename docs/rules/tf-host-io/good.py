import os
import tempfile

import tensorflow as tf

path = os.path.join(tempfile.mkdtemp(), "log.txt")


@tf.function
def step(x):
    tf.print("called", output_stream="file://" + path)
    return x * 2.0


for number in range(3):
    step(tf.constant(float(number)))
with open(path) as log:
    print(len(log.readlines()), "lines")
