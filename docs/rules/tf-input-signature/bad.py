import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def total(x, negate=False):
    return -tf.reduce_sum(x) if negate else tf.reduce_sum(x)


print(float(total(tf.constant([1.0, 2.0]))))
print(float(total(tf.constant([1.0, 2.0]), negate=True)))  # expect: 51 tf-input-signature
