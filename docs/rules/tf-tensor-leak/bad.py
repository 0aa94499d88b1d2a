import tensorflow as tf

losses = []


@tf.function
def step(x):
    loss = tf.reduce_sum(x * x)
    losses.append(loss)  # expect: 5 tf-tensor-leak
    return loss


step(tf.constant([1.0, 2.0]))
print(float(losses[0] + 1.0))
