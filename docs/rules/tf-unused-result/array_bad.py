import tensorflow as tf


@tf.function
def squares(n):
    found = tf.TensorArray(tf.int32, size=3)
    for i in tf.range(n):
        found.write(i, i * i)  # expect: 9 tf-unused-result
    return found.stack()


print(squares(tf.constant(3)).numpy().tolist())
