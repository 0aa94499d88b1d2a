import tensorflow as tf

weight = tf.Variable(1.0)


@tf.function
def step():
    optimizer = tf.keras.optimizers.Adam(0.5)  # expect: 17 tf-optimizer-in-function
    with tf.GradientTape() as tape:
        loss = weight * weight
    optimizer.apply_gradients([(tape.gradient(loss, weight), weight)])


step()
print(round(float(weight), 3))
