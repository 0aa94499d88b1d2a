import tensorflow as tf


class Model(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([]), tf.TensorSpec([])])
    def add(self, x, y):
        return x + y


model = Model()
print(float(model.add(tf.constant(1.0), tf.constant(2.0))))
