import tensorflow as tf

schedule = tf.keras.optimizers.schedules.InverseTimeDecay(0.1, 1, 1.0)
optimizer = tf.keras.optimizers.SGD(schedule)
print(type(optimizer).__name__)
