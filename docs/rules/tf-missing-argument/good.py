import tensorflow as tf

images = tf.zeros([1, 4, 4, 3])
boxes = tf.constant([[[0.0, 0.0, 1.0, 1.0]]])
print(tf.image.draw_bounding_boxes(images, boxes, colors=None).shape)
