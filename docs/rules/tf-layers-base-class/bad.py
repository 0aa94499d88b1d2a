import tensorflow as tf


class Scale(tf.layers.Layer):  # expect: 13 tf-layers-base-class
    def build(self, input_shape):
        self.w = self.add_variable("w", [int(input_shape[-1])], initializer=tf.ones_initializer())
        self.built = True

    def call(self, inputs):
        return 3.0 * inputs * self.w


class NoBias(tf.compat.v1.layers.Dense):  # expect: 14 tf-layers-base-class
    def __init__(self, units):
        super(NoBias, self).__init__(units, use_bias=False, kernel_initializer=tf.ones_initializer())


y = NoBias(1)(Scale()(tf.ones([1, 2])))

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    print(sess.run(y).tolist())  # expect: 11 tf-session-run
