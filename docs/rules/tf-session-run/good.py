import tensorflow as tf

counter = tf.Variable(0)


@tf.function
def step():
    counter.assign_add(1)


for _ in range(3):
    step()
print(counter.numpy())
