import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers.experimental import preprocessing  # expect: 50 tf-keras-removed

inputs = tf.keras.Input([2])
scaled = preprocessing.Rescaling(0.5)(inputs)  # expect: 10 tf-keras-removed
outputs = tf.keras.layers.Dense(1, kernel_initializer="ones")(scaled)

middle = K.function([inputs], [scaled])  # expect: 10 tf-keras-removed
loss = tf.keras.losses.mean_squared_error([[1.0]], [[3.0]])  # expect: 8 tf-keras-removed

print(middle([tf.constant([[2.0, 4.0]])])[0].tolist(), float(loss[0]))
