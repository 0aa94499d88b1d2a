import tensorflow as tf

first, second = tf.constant(1.0), tf.constant(2.0)
names = {first.ref(): "first", second.ref(): "second"}
print(names[second.ref()])
