import tensorflow as tf


class Scale:
    def __init__(self):
        self.__factor = 2.0

    @tf.function
    def __call__(self, x):
        if x > 0:
            return x * self.__factor  # expect: 24 tf-rejected-syntax
        return x


scale = Scale()
print(float(scale(tf.constant(1.0))))
