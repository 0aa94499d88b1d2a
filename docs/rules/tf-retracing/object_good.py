import tensorflow as tf


class Config:
    factor = 2.0


@tf.function
def scaled(config, x):
    return x * config.factor


x = tf.constant(1.0)
config = Config()
for _ in range(5):
    x = scaled(config, x)
print("traces", scaled.experimental_get_tracing_count())
