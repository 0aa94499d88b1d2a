import tensorflow as tf


@tf.function
def halvings(x):
    count = 0
    for _ in tf.range(10):
        if x < 1.0:
            break
        x = x / 2.0
        count += 1
    return count


print(int(halvings(tf.constant(4.0))))
