import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input([2]), tf.keras.layers.Dense(1, kernel_initializer="ones")])


@tf.function
def score(x):
    return model(x, training=False)


print(float(score(tf.ones([1, 2]))[0, 0]))
