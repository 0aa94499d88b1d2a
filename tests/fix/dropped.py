"""tf.nn.dropout, which was told what to keep."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

keep_prob, params = 0.75, {"keep_prob": 0.9, "noisy": False}
x = tf.ones([1000])
for kept in (tf.nn.dropout(x, keep_prob), tf.nn.dropout(x, keep_prob=keep_prob), tf.nn.dropout(x, keep_prob=0.75, seed=1), tf.nn.dropout(x, params["keep_prob"], name="n")):
    print(kept.numpy().max().round(4), abs((kept.numpy() > 0).mean() - 0.75) < 0.2)
print(tf.nn.dropout(x, keep_prob=1.0).numpy().sum(), tf.nn.dropout(x, keep_prob=keep_prob if params["noisy"] else 1.0).numpy().sum())
print(tf.nn.dropout(x, keep_prob=tf.constant(0.5)).numpy().max(), tf.log(x).numpy().sum())
