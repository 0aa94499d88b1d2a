import os
import tempfile

import tensorflow as tf

os.chdir(tempfile.mkdtemp())


@tf.function
def threshold():
    return tf.strings.to_number(tf.io.read_file("threshold.txt"))  # expect: 33 tf-host-io


for text in ("1", "2"):
    with open("threshold.txt", "w") as file:
        file.write(text)
    print(float(threshold()))
