import tensorflow as tf

x = tf.constant([[2.0, 0.0], [0.0, 4.0]])
inverse = tf.linalg.inv(x)
entropy = -tf.reduce_sum(inverse * tf.math.log(inverse + 1.0))
ok = tf.math.is_finite(entropy)

print(round(float(entropy), 4), bool(ok))
