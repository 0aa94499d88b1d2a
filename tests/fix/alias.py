"""TensorFlow under another name, and characters beyond ASCII before what is rewritten."""

import tensorflow as t

if not t.executing_eagerly():
    t.compat.v1.enable_eager_execution()

größe = "日本"; x = t.log([1.0]); print(größe, x.numpy(), t.to_int32(x).dtype)  # 日本 stays
