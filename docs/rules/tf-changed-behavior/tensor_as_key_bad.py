import tensorflow as tf

first, second = tf.constant(1.0), tf.constant(2.0)
names = {first: "first", second: "second"}  # expect: 10 tf-changed-behavior, 26 tf-changed-behavior
print(names[second])  # expect: 13 tf-changed-behavior
