import tensorflow as tf

schedule = tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)
half = schedule(0) * 0.5
print(half.shape)
