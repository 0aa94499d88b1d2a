import tensorflow as tf


class Counter:
    def __init__(self):
        self.count = tf.Variable(0.0)

    @tf.function
    def __call__(self, x):
        self.count += 1.0  # expect: 9 tf-item-assignment
        return x * self.count


print(float(Counter()(tf.constant(2.0))))
