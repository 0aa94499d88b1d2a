import tensorflow as tf

x = tf.constant(3)
tf.debugging.assert_scalar(x)
print(x.shape)
