import tensorflow as tf

variable = tf.Variable(1.0)
print("none" if variable == None else "some")  # expect: 17 tf-changed-behavior
