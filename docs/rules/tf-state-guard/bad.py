import tensorflow as tf


class Average:
    def __init__(self):
        self.first = True
        self.value = tf.Variable(0.0)

    @tf.function
    def update(self, x):
        if self.first:  # expect: 12 tf-state-guard
            self.value.assign(x)
            self.first = False
        else:
            self.value.assign(0.5 * self.value + 0.5 * x)
        return self.value.read_value()


average = Average()
print([float(average.update(tf.constant(x))) for x in (4.0, 8.0, 16.0)])
