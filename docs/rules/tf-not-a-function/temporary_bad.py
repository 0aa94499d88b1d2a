import tensorflow as tf


class Model:
    def __init__(self):
        self.factor = 2

    @tf.function
    def scaled(self, x):
        return x * self.factor


print(int(Model().scaled(tf.constant(3))))  # expect: 11 tf-not-a-function
