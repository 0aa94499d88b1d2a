import tensorflow as tf


@tf.function
def noise():
    generator = tf.random.Generator.from_seed(1)  # expect: 17 tf-generator-in-function
    return generator.uniform([])


print(bool(noise() == noise()))
