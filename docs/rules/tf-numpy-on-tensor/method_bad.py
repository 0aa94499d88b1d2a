import tensorflow as tf

losses = []


@tf.function
def step(x):
    loss = tf.reduce_sum(x)
    losses.append(loss.numpy())  # expect: 5 tf-outer-mutation, 19 tf-numpy-on-tensor
    return loss


step(tf.constant([1.0, 2.0]))
print(losses)
