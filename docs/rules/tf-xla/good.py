import tensorflow as tf


@tf.function(jit_compile=True)
def total(x):
    return tf.reduce_sum(x)


print("summing up")
print(float(total(tf.constant([1.0, 2.0]))))
