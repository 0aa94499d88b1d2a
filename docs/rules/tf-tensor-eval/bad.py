import tensorflow as tf

sess = tf.compat.v1.InteractiveSession()
x = tf.constant([1.0, 2.0])
print(x.eval())  # expect: 7 tf-tensor-eval
