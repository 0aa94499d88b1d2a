"""keep_dims and reduction_indices."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([[1.0, 2.0], [3.0, 5.0]])
for reduce in (tf.reduce_sum,):
    print(reduce(x).numpy())
print(tf.reduce_sum(x, 1, keep_dims=True).numpy().tolist(), tf.reduce_mean(x, reduction_indices=0).numpy().tolist())
print(tf.reduce_max(x, reduction_indices=[1], keep_dims=True).numpy().tolist(), tf.norm(x, keep_dims=True).numpy().shape)
print(tf.reduce_all(x > 1, keep_dims=False, reduction_indices=1).numpy(), tf.reduce_logsumexp(x, keep_dims=True).numpy().round(4))
