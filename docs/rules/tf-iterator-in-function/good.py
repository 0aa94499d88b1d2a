import tensorflow as tf

iterator = iter(tf.data.Dataset.range(5))


@tf.function
def draw():
    return next(iterator)


print([int(draw()) for _ in range(3)])
