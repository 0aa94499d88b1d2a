import tensorflow as tf

image = tf.reshape(tf.range(4.0), [1, 2, 2, 1])
print(tf.compat.v1.image.resize(image, [2, 4])[0, 0, :, 0].numpy().tolist())
