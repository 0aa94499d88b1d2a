import tensorflow as tf


@tf.function
def sign(x):
    if x > 0:
        return 1
    elif x < 0:
        return -1
    else:
        return 0


print(int(sign(tf.constant(-2.0))))
