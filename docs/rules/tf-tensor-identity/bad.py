import tensorflow as tf


@tf.function
def sign(x):
    if (x > 0.0) is True:  # expect: 8 tf-tensor-identity
        return 1
    return -1


print(int(sign(tf.constant(5.0))))
