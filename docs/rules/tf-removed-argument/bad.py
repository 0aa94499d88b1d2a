import tensorflow as tf

image = tf.constant([[[[0.0], [2.0]]]])
wide = tf.image.resize(image, [1, 2], align_corners=True)  # expect: 39 tf-removed-argument
kernel = tf.constant([[[[1.0]]]])
same = tf.nn.conv2d(wide, kernel, [1, 1, 1, 1], "SAME", use_cudnn_on_gpu=False)  # expect: 57 tf-removed-argument
start = tf.constant_initializer(2.0, dtype=tf.float32)  # expect: 38 tf-removed-argument
print(same.shape, start([1]).shape)
