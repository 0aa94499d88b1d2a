import tensorflow as tf


class Scale(tf.keras.layers.Layer):
    def build(self, input_shape):
        self.factor = self.add_weight("factor", shape=(1,), initializer="ones")  # expect: 39 tf-keras-argument
        self.dropout = tf.keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.dropout(inputs * self.factor, training)  # expect: 51 tf-keras-argument


model = tf.keras.Sequential(
    [
        tf.keras.layers.Dense(1, batch_input_shape=(2, 3), kernel_initializer="ones"),  # expect: 34 tf-keras-argument
        Scale(),
    ]
)
model.compile(tf.keras.optimizers.SGD(lr=0.1), "mse")  # expect: 39 tf-keras-argument
x = tf.ones([2, 3])
model.fit(x, x[:, :1], verbose=0, workers=1)  # expect: 35 tf-keras-argument

print(model(x, False).shape)  # expect: 16 tf-keras-argument
