import tensorflow as tf


@tf.function
def steps(x):
    count = 0
    while x > 1.0:
        x = x / 2.0
        count += 1
    return count


print(int(steps(tf.constant(8.0))))
