import tensorflow as tf

images = tf.zeros([8, 28, 28])
width = images.shape[2]
pixels = 1
for dimension in images.shape[1:]:
    pixels *= dimension
print(width, pixels)
