import os
import tempfile

import tensorflow as tf

os.chdir(tempfile.mkdtemp())


@tf.function
def threshold(path):
    return tf.strings.to_number(tf.io.read_file(path))


for text in ("1", "2"):
    with open("threshold.txt", "w") as file:
        file.write(text)
    print(float(threshold(tf.constant("threshold.txt"))))
