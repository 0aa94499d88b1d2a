import tensorflow as tf

chosen = tf.cond(tf.constant(True), lambda: tf.constant(1), lambda: tf.constant(2))
print(int(chosen + 1))
