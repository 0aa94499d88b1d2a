import tensorflow as tf

losses = []


@tf.function
def step(x):
    return tf.reduce_sum(x)


losses.append(float(step(tf.constant([1.0, 2.0])).numpy()))
print(losses)
