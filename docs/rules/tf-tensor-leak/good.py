import tensorflow as tf

losses = []


@tf.function
def step(x):
    return tf.reduce_sum(x * x)


losses.append(step(tf.constant([1.0, 2.0])))
print(float(losses[0] + 1.0))
