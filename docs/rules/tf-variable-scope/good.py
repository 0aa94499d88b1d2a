import tensorflow as tf


class Generator(tf.Module):
    def __init__(self):
        super().__init__(name="generator")
        with self.name_scope:
            self.w = tf.Variable(1.0, name="w")

    def __call__(self, z):
        return z * self.w


class Discriminator(tf.Module):
    def __init__(self):
        super().__init__(name="discriminator")
        with self.name_scope:
            self.w = tf.Variable(1.0, name="w")

    def __call__(self, x):
        return x - self.w


generator, discriminator = Generator(), Discriminator()
real = discriminator(2.0)
fake = discriminator(generator(3.0))  # the same object, so the same weight
print([v.name for v in discriminator.trainable_variables + generator.trainable_variables])
