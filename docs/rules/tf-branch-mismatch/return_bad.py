import tensorflow as tf


@tf.function
def sign(x):
    if x > 0:
        return 1
    elif x < 0:
        return -1  # expect: 9 tf-branch-mismatch


print(int(sign(tf.constant(-2.0))))
