import tensorflow as tf

calls = tf.Variable(0)
history = []


@tf.function
def step(x):
    calls.assign_add(1)
    return x * 2.0


for value in (1.0, 2.0, 3.0):
    step(tf.constant(value))
    history.append("step")
print(int(calls), len(history))
