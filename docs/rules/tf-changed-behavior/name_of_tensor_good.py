import tensorflow as tf

NAME = "total"
total = tf.add(1, 2, name=NAME)
print(NAME)
