import tensorflow as tf

scale = tf.Variable(1)


@tf.function
def scaled(x):
    return x * scale


first = int(scaled(tf.constant(2)))
scale.assign(100)
print(first, int(scaled(tf.constant(2))))
