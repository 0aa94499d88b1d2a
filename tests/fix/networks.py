"""Keywords of tf.nn."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x, y = tf.ones([1, 3, 3, 1]), tf.constant([[0.0, 1.0]])
print(tf.nn.conv2d(x, filter=tf.ones([2, 2, 1, 1]), strides=[1, 1, 1, 1], padding="VALID").numpy().ravel())
print(tf.nn.softmax([[1.0, 1.0]], dim=-1).numpy(), [m.numpy().tolist() for m in tf.nn.moments(x, [1, 2], keep_dims=True)])
print(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=[[1.0, 2.0]]).numpy().round(4))
print(tf.nn.weighted_cross_entropy_with_logits(targets=y, logits=y, pos_weight=2.0).numpy().round(4))
print(tf.space_to_depth(tf.ones([1, 2, 2, 1]), 2).shape, tf.nn.log_softmax([[1.0, 1.0]], dim=1).numpy().round(4))
print(tf.convert_to_tensor(1, preferred_dtype=tf.float32).dtype, tf.image.resize_image_with_crop_or_pad(x, 2, 2).shape)
print(tf.cond(tf.constant(True), fn1=lambda: 1, fn2=lambda: 2))
print(tf.depth_to_space(tf.ones([1, 1, 1, 4]), block_size=2).numpy().tolist())
try:
    tf.verify_tensor_all_finite(x / 0.0, "no infinity here")
except tf.errors.InvalidArgumentError as error:
    print("no infinity here" in str(error))
