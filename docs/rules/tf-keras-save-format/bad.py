import os
import tempfile

import tensorflow as tf

folder = tempfile.mkdtemp()
x = tf.constant([[1.0], [2.0]])

model = tf.keras.Sequential([tf.keras.Input([1]), tf.keras.layers.Dense(1, kernel_initializer="ones")])
model.compile("sgd", "mse")
keep = tf.keras.callbacks.ModelCheckpoint(f"{folder}/best.h5", save_weights_only=True)  # expect: 43 tf-keras-save-format
model.fit(x, x, verbose=0, callbacks=[keep])

model.save_weights(os.path.join(folder, "weights"))  # expect: 20 tf-keras-save-format
model.load_weights(os.path.join(folder, "weights"))  # expect: 20 tf-keras-save-format
model.save(folder + "/model", save_format="tf")  # expect: 12 tf-keras-save-format

print(tf.keras.models.load_model(folder + "/model").predict(x, verbose=0).tolist())  # expect: 34 tf-keras-save-format
