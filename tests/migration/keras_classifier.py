"""tf.keras as it was used with TensorFlow 1: its session, lr=, metrics by name."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K

x = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]], dtype=np.float32)
y = np.array([1.0, 0.0, 1.0, 0.0], dtype=np.float32)

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Dense(4, input_dim=2, activation="tanh", kernel_initializer="ones"))
model.add(tf.keras.layers.Dense(1, activation="sigmoid", kernel_initializer="zeros"))
model.compile(optimizer=tf.keras.optimizers.SGD(lr=0.5, decay=0.01), loss="binary_crossentropy", metrics=["acc"])
history = model.fit(x, y, batch_size=4, epochs=3, verbose=0, shuffle=False)
print(["%.3f" % value for value in history.history["loss"]], sorted(history.history))
print("%.3f" % K.get_value(model.optimizer.lr), model.count_params())
print(K.get_session().run(model.outputs[0], {model.inputs[0]: x}).round(3).ravel().tolist())
