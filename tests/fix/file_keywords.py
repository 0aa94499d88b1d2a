"""tf.gfile, called by name."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

tf.gfile.MakeDirs(dirname="a/b")
tf.gfile.MkDir(dirname="a/c")
with tf.gfile.Open(name="a/x.txt", mode="w") as stream:
    stream.write("one\n")
tf.gfile.Copy(oldpath="a/x.txt", newpath="a/y.txt", overwrite=False)
tf.gfile.Rename(oldname="a/y.txt", newname="a/z.txt", overwrite=True)
print(tf.gfile.Exists(filename="a/z.txt"), tf.gfile.IsDirectory(dirname="a"), tf.gfile.Glob(filename="a/*.txt"), sorted(tf.gfile.ListDirectory(dirname="a")))
print(tf.gfile.Stat(filename="a/x.txt").length, [top for top, _, _ in tf.gfile.Walk(top="a", in_order=False)][-1])
tf.gfile.Remove(filename="a/x.txt")
tf.gfile.DeleteRecursively(dirname="a")
