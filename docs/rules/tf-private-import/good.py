import tensorflow as tf

batch = {"x": [1, 2], "y": 3}
print(tf.nest.flatten(batch), tf.convert_to_tensor(tf.nest.flatten(batch)).shape)
