import tensorflow as tf


class Scale(tf.keras.layers.Layer):
    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=(1,), initializer="ones")
        self.dropout = tf.keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.dropout(inputs * self.factor, training=training)


model = tf.keras.Sequential(
    [
        tf.keras.Input(shape=(3,), batch_size=2),
        tf.keras.layers.Dense(1, kernel_initializer="ones"),
        Scale(),
    ]
)
model.compile(tf.keras.optimizers.SGD(learning_rate=0.1), "mse")
x = tf.ones([2, 3])
model.fit(x, x[:, :1], verbose=0)

print(model(x, training=False).shape)
