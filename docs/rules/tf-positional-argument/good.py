import tensorflow as tf

x = tf.constant([[1.0, 5.0], [7.0, 2.0]])
best = tf.argmax(x, 1, output_type=tf.int32)
tf.debugging.assert_rank(x, 2, message="a matrix", name="check")
print(best.dtype.name)
