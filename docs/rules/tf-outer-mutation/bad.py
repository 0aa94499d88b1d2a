import tensorflow as tf

calls = 0
history = []


@tf.function
def step(x):
    global calls
    calls += 1  # expect: 5 tf-outer-mutation
    history.append("step")  # expect: 5 tf-outer-mutation
    return x * 2.0


for value in (1.0, 2.0, 3.0):
    step(tf.constant(value))
print(calls, len(history))
