import tensorflow as tf


class Linear(tf.Module):
    def __init__(self, inputs, units, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.ones([inputs, units]), name="w")
        self.b = tf.Variable(tf.zeros([units]), name="b")

    def __call__(self, x):
        return tf.matmul(x, self.w) + self.b


linear = Linear(2, 3)
print(linear(tf.constant([[1.0, 2.0]])).numpy().tolist())
