"""tf.gfile, called by position."""

import os

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

tf.gfile.MakeDirs("a/b")
tf.gfile.MkDir("a/c")
with tf.gfile.Open("a/x.txt", "w") as stream:
    stream.write("one\ntwo\n")
with tf.gfile.GFile("a/x.txt") as stream:
    print(stream.read())
with tf.gfile.FastGFile("a/x.txt", "rb") as stream:
    print(stream.read())
tf.gfile.Copy("a/x.txt", "a/y.txt")
tf.gfile.Copy("a/x.txt", "a/y.txt", overwrite=True)
tf.gfile.Rename("a/y.txt", "a/z.txt", True)
print(tf.gfile.Exists("a/y.txt"), tf.gfile.Exists("a/z.txt"), tf.gfile.IsDirectory("a"), sorted(tf.gfile.Glob("a/*.txt")))
print(sorted(tf.gfile.ListDirectory("a")), tf.gfile.Stat("a/z.txt").length)
print([(top, sorted(folders), sorted(files)) for top, folders, files in tf.gfile.Walk("a")][0])
tf.gfile.Remove("a/x.txt")
tf.gfile.DeleteRecursively("a")
print(os.listdir("."), list(map(os.path.exists, ["a"])))
