import tensorflow as tf


@tf.function
def square(x):
    return x * x


for i in range(5):
    square(tf.constant(i))
print("traces", square.experimental_get_tracing_count())
