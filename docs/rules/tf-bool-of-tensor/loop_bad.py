import tensorflow as tf


@tf.function(autograph=False)
def total(rows):
    result = tf.constant(0.0)
    for row in rows:  # expect: 16 tf-bool-of-tensor
        result += row
    return result


print(float(total(tf.constant([1.0, 2.0]))))
