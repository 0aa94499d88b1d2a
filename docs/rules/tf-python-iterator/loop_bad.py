import tensorflow as tf


def numbers():
    for number in range(4):
        yield number


stream = numbers()


@tf.function
def total(x):
    for number in stream:  # expect: 19 tf-python-iterator
        x += number
    return x


print([int(total(tf.constant(0))) for _ in range(2)], list(stream))
