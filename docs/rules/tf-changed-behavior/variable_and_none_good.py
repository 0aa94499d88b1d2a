import tensorflow as tf

variable = tf.Variable(1.0)
print("none" if variable is None else "some")
