import os
import tempfile

import tensorflow as tf

folder = tempfile.mkdtemp()
x = tf.constant([[1.0], [2.0]])

model = tf.keras.Sequential([tf.keras.Input([1]), tf.keras.layers.Dense(1, kernel_initializer="ones")])
model.compile("sgd", "mse")
keep = tf.keras.callbacks.ModelCheckpoint(f"{folder}/best.weights.h5", save_weights_only=True)
model.fit(x, x, verbose=0, callbacks=[keep])

model.save_weights(os.path.join(folder, "all.weights.h5"))
model.load_weights(os.path.join(folder, "all.weights.h5"))
model.save(folder + "/model.keras")

print(tf.keras.models.load_model(folder + "/model.keras").predict(x, verbose=0).tolist())
