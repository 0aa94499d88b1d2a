import tensorflow as tf


class Attention(tf.Module):
    def __init__(self):
        super().__init__()
        self.mask = None

    @tf.function
    def __call__(self, x):
        if self.mask is None:
            with tf.init_scope():
                self.mask = tf.linalg.band_part(tf.ones([2, 2]), -1, 0)
        return x * self.mask


attention = Attention()
attention(tf.ones([2, 2]))
print(attention(tf.ones([1, 2, 2])).shape)
