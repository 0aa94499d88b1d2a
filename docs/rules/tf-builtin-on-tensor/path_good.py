import pathlib
import tempfile

import tensorflow as tf

path = pathlib.Path(tempfile.mkdtemp(), "a.txt")
path.write_text("one,two")


def load(file):
    return tf.io.read_file(file)


dataset = tf.data.Dataset.from_tensor_slices([str(path)]).map(load)
print([text.numpy() for text in dataset])
