import tensorflow as tf


def numbers():
    return tf.data.Dataset.from_tensors(([[0.0], [1.0], [2.0]], [[1.0], [3.0], [5.0]]))


model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(tf.keras.optimizers.SGD(0.2), "mse")
model.fit(numbers().repeat(), steps_per_epoch=200, verbose=0)
guess = model.predict(tf.constant([[3.0]]), verbose=0)
print(round(float(guess[0][0]), 1))
