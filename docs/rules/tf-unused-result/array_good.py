import tensorflow as tf


@tf.function
def squares(n):
    found = tf.TensorArray(tf.int32, size=3)
    for i in tf.range(n):
        found = found.write(i, i * i)
    return found.stack()


print(squares(tf.constant(3)).numpy().tolist())
