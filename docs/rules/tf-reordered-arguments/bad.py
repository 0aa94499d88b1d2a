import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
mask = tf.constant([True, False])
kept = tf.boolean_mask(x, mask, "kept")  # expect: 33 tf-reordered-arguments
turned = tf.transpose(x, [1, 0], "turned")  # expect: 34 tf-reordered-arguments
size = tf.size(x, "size")  # expect: 19 tf-reordered-arguments
print(kept.shape, turned.shape, size.shape)
