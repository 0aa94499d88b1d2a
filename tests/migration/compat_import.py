"""A program that was moved to `tensorflow.compat.v1` in a hurry, and could do without."""

import tensorflow.compat.v1 as tf

tf.enable_eager_execution()


@tf.function
def normalize(x):
    mean = tf.reduce_mean(x, axis=0, keepdims=True)
    deviation = tf.sqrt(tf.reduce_mean(tf.square(x - mean), axis=0, keepdims=True))
    return tf.math.divide_no_nan(x - mean, deviation)


x = tf.constant([[1.0, 5.0], [3.0, 5.0]])
print(normalize(x).numpy().tolist())
print(tf.nn.relu(x - 2.0).numpy().tolist(), tf.log(x).numpy().round(3).tolist())
print(tf.strings.join(["a", "b"], separator="-").numpy().decode())
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(x * x, keep_dims=False)
print(tape.gradient(y, x).numpy().tolist())
