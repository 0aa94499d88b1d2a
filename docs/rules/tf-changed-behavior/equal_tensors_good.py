import tensorflow as tf

first, second = tf.constant(1.0), tf.constant(1.0)
print("same" if first is second else "different")
print(any(first is tensor for tensor in [second]))
