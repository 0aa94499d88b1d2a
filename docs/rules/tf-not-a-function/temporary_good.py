import tensorflow as tf


class Model:
    def __init__(self):
        self.factor = 2

    @tf.function
    def scaled(self, x):
        return x * self.factor


model = Model()
print(int(model.scaled(tf.constant(3))))
