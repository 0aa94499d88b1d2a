import tensorflow as tf

weight = tf.Variable(4.0)
optimizer = tf.keras.optimizers.SGD(0.25)


@tf.function
def train():
    with tf.GradientTape() as tape:
        loss = tf.square(weight)
    gradients = tape.gradient(loss, [weight])
    optimizer.apply_gradients(zip(gradients, [weight]))


for _ in range(2):
    train()
print(weight.numpy())
