import tensorflow as tf

keep_prob = 0.9
kept = tf.nn.dropout(tf.ones([10000]), rate=1 - keep_prob)
print(round(float(tf.reduce_mean(tf.sign(kept))), 1))
