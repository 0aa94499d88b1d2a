"""Arguments that were given by position, and stand elsewhere."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([[1.0, 9.0], [3.0, 5.0]])
print(tf.transpose(x, [1, 0], "name").numpy().tolist(), tf.argmax(x, 1, "name").numpy(), tf.argmin(x, 0, ("name")).numpy())
print(tf.boolean_mask(x, [True, False], "name").numpy(), tf.shape(x, "name").numpy(), tf.size(x, "name").numpy())
print(tf.convert_to_tensor(x, None, "name").numpy().tolist(), tf.pad(x, [[1, 0], [0, 0]], "CONSTANT", "name", 7.0).numpy().tolist())
print(tf.tuple([x], "name")[0].numpy().tolist(), tf.gather(x, [1], None, "name", 1).numpy().tolist())
print(tf.strings.length(["ab"], "name").numpy(), tf.strings.substr(["abc"], 1, 1, "name").numpy(), tf.nn.crelu(x, "name").shape)
print(tf.nn.moments(x, [0], None, "name", True)[0].numpy().tolist())
print(tf.nn.conv2d(x[None, :, :, None], tf.ones([1, 1, 1, 1]), [1, 1, 1, 1], "SAME").shape)
print(tf.io.decode_raw(["a"], tf.uint8, True, "name").numpy(), tf.io.decode_csv(["1"], [[0]], ",", True, name="n")[0].numpy())
