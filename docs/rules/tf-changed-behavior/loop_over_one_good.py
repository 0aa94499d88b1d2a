import tensorflow as tf

[last] = tf.while_loop(lambda i: i < 3, lambda i: [i + 1], [tf.constant(0)])
print(int(last + 1))
