import tensorflow as tf


class Counter:
    def __init__(self):
        self.count = tf.Variable(0.0)

    @tf.function
    def __call__(self, x):
        self.count.assign_add(1.0)
        return x * self.count


print(float(Counter()(tf.constant(2.0))))
