import tensorflow as tf


@tf.function
def distinct(words):
    return tf.size(tf.unique(words).y)


print(int(distinct(tf.constant(["a", "b"]))), int(distinct(tf.constant(["c", "d"]))))
