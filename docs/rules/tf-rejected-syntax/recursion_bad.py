import tensorflow as tf


@tf.function
def halvings(n):
    if n > 1:
        return halvings(n // 2) + 1  # expect: 16 tf-rejected-syntax
    return 0


print(int(halvings(tf.constant(8))))
