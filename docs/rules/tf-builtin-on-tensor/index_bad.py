import tensorflow as tf

RATES = [0.1, 0.2, 0.4]


@tf.function
def rate(step):
    return RATES[step]  # expect: 12 tf-builtin-on-tensor


print(round(float(rate(tf.constant(1))), 3))
