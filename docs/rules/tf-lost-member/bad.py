import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices([[1.0, 2.0], [3.0, 4.0]])
shape = dataset.output_shapes  # expect: 9 tf-lost-member

inputs = tf.keras.layers.Input([1])
layer = tf.keras.layers.Dense(1)
layer(inputs)
width = layer.get_output_at(0).shape[-1]  # expect: 9 tf-lost-member
rate = tf.keras.optimizers.SGD(0.5).lr  # expect: 8 tf-lost-member
print(shape, int(width), rate is not None)
