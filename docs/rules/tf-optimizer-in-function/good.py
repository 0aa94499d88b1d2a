import tensorflow as tf

weight = tf.Variable(1.0)
optimizer = tf.keras.optimizers.Adam(0.5)


@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = weight * weight
    optimizer.apply_gradients([(tape.gradient(loss, weight), weight)])


step()
print(round(float(weight), 3))
