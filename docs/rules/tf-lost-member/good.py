import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices([[1.0, 2.0], [3.0, 4.0]])
shape = dataset.element_spec.shape

inputs = tf.keras.layers.Input([1])
layer = tf.keras.layers.Dense(1)
layer(inputs)
width = layer.output.shape[-1]
rate = tf.keras.optimizers.SGD(0.5).learning_rate
print(shape, int(width), rate is not None)
