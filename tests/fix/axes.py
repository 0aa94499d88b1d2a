"""Keywords that became axis."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([[1.0, 9.0], [3.0, 5.0]])
print(tf.argmax(x, dimension=1).numpy(), tf.argmin(x, dimension=0).numpy(), tf.arg_max(x, 1).numpy())
print(tf.expand_dims(x, dim=0).shape, tf.squeeze(tf.expand_dims(x, dim=0), squeeze_dims=[0]).shape)
print(tf.reverse_sequence(x, [1, 2], seq_dim=1, batch_dim=0).numpy().tolist())
print(tf.zeros_like(tensor=x).numpy().tolist(), tf.ones_like(tensor=x).numpy().tolist())
print(tf.arg_min(x, 0).numpy(), tf.manip.reshape(x, [4]).numpy(), tf.verify_tensor_all_finite(x, "infinite").numpy().tolist())
