"""Names that are spelled over several lines, or begin with a part of TensorFlow that has a name of its own."""

import tensorflow as flow
from tensorflow import nn

if not flow.executing_eagerly():
    flow.compat.v1.enable_eager_execution()

x = flow.constant([[1.0, 4.0]])
image = flow.image
print((flow
       .log(x)).numpy().round(4), flow \
    .lgamma(x).numpy().round(4))
print(flow . rsqrt(x).numpy(), nn.softmax_cross_entropy_with_logits_v2(labels=[[0.5, 0.5]], logits=x).numpy())
print(image.transpose_image(flow.zeros([1, 2, 1])).shape, flow.to_int32(
    x=(x),
).numpy(), flow.to_double(
    x
).dtype)
