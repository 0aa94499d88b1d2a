import tensorflow as tf


class Scale(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.factor = self.add_weight(shape=(), initializer=tf.keras.initializers.Constant(3.0), name="factor")

    def call(self, inputs):
        return inputs * self.factor


layer = Scale()
model = tf.keras.Sequential([tf.keras.Input([1]), layer])
model.compile("sgd", "mse")
model.fit(tf.ones([4, 1]), tf.zeros([4, 1]), epochs=3, verbose=0)

print(len(model.trainable_variables), float(layer.factor) < 3.0)
