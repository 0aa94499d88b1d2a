import tensorflow as tf


@tf.function
def halvings(x):
    count = 0
    for _ in range(10):
        if x < 1.0:
            break  # expect: 13 tf-loop-mismatch
        x = x / 2.0
        count += 1
    return count


print(int(halvings(tf.constant(4.0))))
