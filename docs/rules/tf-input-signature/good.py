import tensorflow as tf

SIGNATURE = [tf.TensorSpec([None], tf.float32), tf.TensorSpec([], tf.bool)]


@tf.function(input_signature=SIGNATURE)
def total(x, negate):
    if negate:
        return -tf.reduce_sum(x)
    return tf.reduce_sum(x)


print(float(total(tf.constant([1.0, 2.0]), False)))
print(float(total(tf.constant([1.0, 2.0]), True)))
