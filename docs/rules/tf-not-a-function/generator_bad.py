import tensorflow as tf


@tf.function  # expect: 2 tf-not-a-function
def shifted(x):
    for i in range(3):
        yield x + i


print([int(y) for y in shifted(tf.constant(1))])
