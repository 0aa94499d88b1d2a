import tensorflow as tf


class Config:
    factor = 2.0


@tf.function
def scaled(config, x):
    return x * config.factor


x = tf.constant(1.0)
for _ in range(5):
    config = Config()
    x = scaled(config, x)  # expect: 16 tf-retracing
print("traces", scaled.experimental_get_tracing_count())
