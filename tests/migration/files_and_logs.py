"""tf.gfile and tf.logging, and nothing that computes."""

import os

import tensorflow as tf


def collect(root):
    found = []
    for folder, _, names in tf.gfile.Walk(root):
        for name in sorted(names):
            path = os.path.join(folder, name)
            with tf.gfile.Open(path) as stream:
                found.append((os.path.relpath(path, root), len(stream.read())))
    return sorted(found)


if tf.gfile.Exists("data"):
    tf.gfile.DeleteRecursively("data")
tf.gfile.MakeDirs(os.path.join("data", "deep"))
for index in range(3):
    with tf.gfile.GFile("data/deep/%d.txt" % index, mode="w") as out:
        out.write("x" * index)
tf.gfile.Copy("data/deep/2.txt", "data/two.txt", overwrite=True)
print(collect("data"))
print(sorted(os.path.basename(path) for path in tf.gfile.Glob("data/deep/*.txt")))
tf.gfile.Remove("data/two.txt")
print(tf.gfile.IsDirectory("data"), tf.gfile.ListDirectory("data"))
tf.logging.set_verbosity(tf.logging.WARN)
tf.logging.info("%d files", 3)
print(tf.logging.get_verbosity() == tf.logging.WARN)
