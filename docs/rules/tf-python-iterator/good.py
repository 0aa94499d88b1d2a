import tensorflow as tf

rates = iter([0.1, 0.2, 0.3])


@tf.function
def scaled(x, rate):
    return x * rate


print([round(float(scaled(tf.constant(10.0), tf.constant(rate)))) for rate in rates])
