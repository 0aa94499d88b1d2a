import tensorflow as tf


@tf.function(jit_compile=True)
def total(x):
    tf.print("summing up")  # expect: 5 tf-xla
    return tf.reduce_sum(x)


print(float(total(tf.constant([1.0, 2.0]))))
