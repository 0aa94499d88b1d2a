import tensorflow as tf

dense = tf.keras.layers.Dense(1, kernel_initializer="ones")


@tf.function
def predict(x):
    return dense(x)


print(float(predict(tf.ones([1, 2]))[0, 0]))
