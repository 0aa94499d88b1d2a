import tensorflow as tf

x = tf.constant(3)
x = tf.debugging.assert_scalar(x)  # expect: 5 tf-changed-behavior
print(x.shape)
