"""Images resized and adjusted in eager code."""

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()

image = tf.constant(np.arange(2 * 4 * 3, dtype=np.float32).reshape(1, 2, 4, 3))
larger = tf.image.resize_images(image, [4, 8])
print(larger.shape.as_list(), larger.numpy()[0, 1, :3, 0].round(3).tolist())
nearest = tf.image.resize_nearest_neighbor(image, [3, 3])
print(nearest.numpy()[0, :, :, 1].tolist())
print(tf.image.resize_bilinear(image, [2, 2], align_corners=True).numpy()[0, 0, :, 0].tolist())
cropped = tf.image.crop_and_resize(image, [[0.0, 0.0, 1.0, 0.5]], box_ind=[0], crop_size=[2, 2])
print(cropped.numpy()[0, :, :, 2].tolist())
print(tf.image.resize_image_with_crop_or_pad(image, 2, 2).numpy()[0, 0, :, 0].tolist())
print(tf.image.rgb_to_grayscale(image).numpy()[0, 0, 0].round(2).tolist())
