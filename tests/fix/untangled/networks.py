"""tf.compat.v1, of which a module uses only what TensorFlow itself has: networks."""

import tensorflow.compat.v1 as v1

if not v1.executing_eagerly():
    import tensorflow

    tensorflow.compat.v1.enable_eager_execution()

x = v1.reshape(v1.range(32.0), [1, 4, 4, 2]) / 32.0
line = v1.reshape(v1.range(8.0), [1, 4, 2])
volume = v1.reshape(v1.range(16.0), [1, 2, 2, 2, 2])
logits = v1.constant([[1.0, 2.0, 4.0], [0.0, 1.0, 0.0]])
print(v1.nn.softmax(logits).numpy(), v1.nn.softmax(logits=logits, dim=0, name="n").numpy(), v1.nn.log_softmax(logits, 1).numpy(), v1.nn.log_softmax(logits, axis=0, name="n").numpy())
print(v1.nn.l2_normalize(logits, 1).numpy(), v1.nn.l2_normalize(x=logits, dim=0, epsilon=1e-3, name="n").numpy())
print([m.numpy() for m in v1.nn.moments(logits, [0])], [m.numpy() for m in v1.nn.moments(x=logits, axes=[1], keep_dims=True, name="n")], [m.numpy() for m in v1.nn.moments(logits, [1], None, keepdims=True)])
print(v1.nn.conv1d(line, v1.ones([2, 2, 1]), 1, "VALID").numpy().ravel(), v1.nn.conv1d(value=line, filters=v1.ones([2, 2, 1]), stride=2, padding="SAME", data_format="NWC", name="n").numpy().ravel())
print(v1.nn.conv2d(x, v1.ones([2, 2, 2, 1]), [1, 1, 1, 1], "VALID").numpy().ravel(), v1.nn.conv2d(input=x, filter=v1.ones([2, 2, 2, 1]), strides=[1, 2, 2, 1], padding="SAME", data_format="NHWC", dilations=[1, 1, 1, 1], name="n").numpy().ravel())
print(v1.nn.conv3d(volume, v1.ones([1, 1, 1, 2, 1]), [1, 1, 1, 1, 1], "VALID").numpy().ravel(), v1.nn.conv3d(input=volume, filter=v1.ones([2, 2, 2, 2, 1]), strides=[1, 1, 1, 1, 1], padding="SAME", name="n").numpy().ravel())
print(v1.nn.conv2d_transpose(x, v1.ones([2, 2, 1, 2]), [1, 8, 8, 1], [1, 2, 2, 1], "SAME").numpy().sum(), v1.nn.conv2d_transpose(value=x, filter=v1.ones([2, 2, 1, 2]), output_shape=[1, 8, 8, 1], strides=2, padding="SAME", name="n").numpy().sum())
print(v1.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME").numpy().ravel(), v1.nn.max_pool(value=x, ksize=2, strides=1, padding="VALID", data_format="NHWC", name="n").numpy().ravel())
print(v1.nn.avg_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME").numpy().ravel(), v1.nn.avg_pool(value=x, ksize=2, strides=1, padding="VALID", data_format="NHWC", name="n").numpy().ravel())
print(v1.nn.depthwise_conv2d(x, v1.ones([2, 2, 2, 1]), [1, 1, 1, 1], "SAME").numpy().sum(), v1.nn.depthwise_conv2d(input=x, filter=v1.ones([2, 2, 2, 1]), strides=[1, 1, 1, 1], padding="VALID", data_format="NHWC", name="n").numpy().sum())
print(v1.nn.separable_conv2d(x, v1.ones([2, 2, 2, 1]), v1.ones([1, 1, 2, 1]), [1, 1, 1, 1], "SAME").numpy().sum(), v1.nn.separable_conv2d(input=x, depthwise_filter=v1.ones([2, 2, 2, 1]), pointwise_filter=v1.ones([1, 1, 2, 1]), strides=[1, 1, 1, 1], padding="VALID", data_format="NHWC", name="n").numpy().sum())
print(v1.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[0.5], name="n").numpy(), v1.nn.sparse_softmax_cross_entropy_with_logits(labels=[2, 1], logits=logits, name="n").numpy())
print(v1.nn.in_top_k(predictions=logits, targets=[2, 0], k=1, name="n").numpy(), v1.nn.crelu(logits).numpy(), v1.nn.crelu(features=logits, axis=0, name="n").numpy())
print(v1.image.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0]], [0], [2, 2]).numpy().ravel(), v1.image.crop_and_resize(image=x, boxes=[[0.0, 0.0, 0.5, 0.5]], box_ind=[0], crop_size=[2, 2], method="nearest", extrapolation_value=1.0, name="n").numpy().ravel())
