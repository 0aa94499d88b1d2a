import tensorflow as tf

generator = tf.random.Generator.from_seed(1)


@tf.function
def noise():
    return generator.uniform([])


print(bool(noise() == noise()))
