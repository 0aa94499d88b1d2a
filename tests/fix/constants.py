"""Constants that moved."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

print(tf.saved_model.tag_constants.SERVING, tf.saved_model.signature_constants.PREDICT_INPUTS)
print(type(tf.VERSION).__name__, type(tf.GIT_VERSION).__name__, tf.OpError.__name__, tf.QUANTIZED_DTYPES is not None)
