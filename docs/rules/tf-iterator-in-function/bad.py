import tensorflow as tf

dataset = tf.data.Dataset.range(5)


@tf.function
def draw():
    return next(iter(dataset))  # expect: 17 tf-iterator-in-function


print([int(draw()) for _ in range(3)])
