import tensorflow as tf


def square(x):
    return x * x


traces = 0
for i in range(5):
    step = tf.function(square)  # expect: 12 tf-function-in-loop
    step(tf.constant(i))
    traces += step.experimental_get_tracing_count()
print("traces", traces)
