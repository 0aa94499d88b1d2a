import tensorflow as tf

images = tf.zeros([8, 28, 28])
width = images.get_shape()[2].value  # expect: 9 tf-dimension-value
pixels = 1
for dimension in images.shape[1:]:
    pixels *= dimension.value  # expect: 15 tf-dimension-value
print(width, pixels)
