import tensorflow as tf


@tf.function
def total(x):
    return tf.reduce_sum(x)


for size in range(1, 11):
    total(tf.ones([size]))  # expect: 11 tf-trace-cost
print("traces", total.experimental_get_tracing_count())
