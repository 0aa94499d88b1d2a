import tensorflow as tf


@tf.function
def scaled(x, rate):
    return x * rate


x = tf.constant(1.0)
for epoch in range(10):
    x = scaled(x, 1.0 - epoch / 100)  # expect: 19 tf-retracing
print("traces", scaled.experimental_get_tracing_count())
