import functools

import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
rows = tf.reduce_sum(x, axis=1, keep_dims=True)  # expect: 33 tf-renamed-argument
best = tf.argmax(x, dimension=1)  # expect: 21 tf-renamed-argument
total = functools.partial(tf.reduce_max, reduction_indices=[0])  # expect: 42 tf-renamed-argument
parts = tf.strings.to_hash_bucket(string_tensor=["a"], num_buckets=1)  # expect: 35 tf-renamed-argument
print(rows.shape, best.shape, total(x).shape, parts.shape)
