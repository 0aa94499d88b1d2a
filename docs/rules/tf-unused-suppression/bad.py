import tensorflow as tf

x = tf.constant([1.0, 2.0])
y = tf.math.log(x)  # noqa: TF306  # expect: 29 tf-unused-suppression
print(round(float(tf.reduce_sum(y)), 3))
