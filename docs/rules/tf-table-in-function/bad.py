import tensorflow as tf


@tf.function
def distinct(words):
    seen = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)  # expect: 12 tf-table-in-function
    seen.insert(words, tf.ones_like(tf.strings.length(words), tf.int64))
    return seen.size()


print(int(distinct(tf.constant(["a", "b"]))), int(distinct(tf.constant(["c", "d"]))))
