import tensorflow as tf

x = tf.constant([[1.0, 5.0], [7.0, 2.0]])
best = tf.argmax(x, 1, None, None, tf.int32)  # expect: 36 tf-positional-argument
tf.debugging.assert_rank(x, 2, None, None, "a matrix", "check")  # expect: 44 tf-positional-argument
print(best.dtype.name)
