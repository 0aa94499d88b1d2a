"""Draws whose outcome is sure."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

sure = tf.constant([[-1e9, 0.0, -1e9], [0.0, -1e9, -1e9]])
print(tf.multinomial(sure, 4).numpy().tolist(), tf.multinomial(logits=sure, num_samples=2, seed=3, name="n", output_dtype=tf.int32).numpy().tolist())
print(tf.random.multinomial(sure, 2).dtype, tf.random.multinomial(sure, num_samples=3, seed=1, output_dtype=tf.int32).dtype)
print(tf.random_poisson(lam=[0.0, 0.0], shape=[2]).numpy().tolist(), tf.random_poisson(lam=0.0, shape=[3], dtype=tf.float64, seed=1, name="n").numpy())
for seed in (7, 8):
    tf.set_random_seed(seed)
    print(tf.random.uniform([2]).numpy().tolist(), tf.random.uniform([2], seed=1).numpy().tolist())
    tf.random.set_random_seed(seed=seed)
    print(tf.random.uniform([2], seed=2).numpy().tolist())
with tf.Graph().as_default():
    tf.set_random_seed(5)
    x = tf.random.uniform([2], seed=3)
    with tf.compat.v1.Session() as session:
        print(session.run(x).tolist(), session.run(x).tolist())
