import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
mask = tf.constant([True, False])
kept = tf.boolean_mask(x, mask, name="kept")
turned = tf.transpose(x, [1, 0], name="turned")
size = tf.size(x, name="size")
second = tf.boolean_mask(x, mask, 1)
print(kept.shape, turned.shape, size.shape, second.shape)
