import tensorflow as tf


class Model(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([])])  # expect: 18 tf-input-signature
    def add(self, x, y):
        return x + y


print(float(Model().add(tf.constant(1.0), tf.constant(2.0))))
