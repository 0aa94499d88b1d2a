import tensorflow as tf


class Shift(tf.Module):
    def __init__(self):
        super().__init__()
        self.offset = None

    @tf.function
    def __call__(self, x):
        if self.offset is None:
            self.offset = tf.Variable(1.0)
        return x + self.offset.assign_add(1.0)


shift = Shift()
print(float(shift(tf.constant(1.0))))
