import tensorflow as tf

x = tf.constant(1.0)
print(round(float(tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)), 2))
