import tensorflow as tf

scale = 1


@tf.function
def scaled(x):
    return x * scale  # expect: 16 tf-stale-closure


first = int(scaled(tf.constant(2)))
scale = 100
print(first, int(scaled(tf.constant(2))))
