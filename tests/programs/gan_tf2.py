"""A generative adversarial network: two models, two tapes, two optimizers."""

import numpy as np
import tensorflow as tf

NOISE, SIZE, BATCH, STEPS = 2, 4, 16, 20

tf.random.set_seed(0)

generator = tf.keras.Sequential(
    [tf.keras.Input([NOISE]), tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(SIZE)]
)
discriminator = tf.keras.Sequential(
    [
        tf.keras.Input([SIZE]),
        tf.keras.layers.Dense(8),
        tf.keras.layers.LeakyReLU(),
        tf.keras.layers.BatchNormalization(),
        tf.keras.layers.Dense(1),
    ]
)
g_optimizer = tf.keras.optimizers.Adam(0.01, beta_1=0.5)
d_optimizer = tf.keras.optimizers.Adam(0.01, beta_1=0.5)
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train(real):
    """One step of both players; returns their losses."""
    noise = tf.random.uniform([BATCH, NOISE], -1.0, 1.0)
    with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
        real_logits = discriminator(real, training=True)
        fake_logits = discriminator(generator(noise, training=True), training=True)
        g_loss = cross_entropy(tf.ones_like(fake_logits), fake_logits)
        d_loss = cross_entropy(tf.ones_like(real_logits), real_logits)
        d_loss += cross_entropy(tf.zeros_like(fake_logits), fake_logits)
    d_gradients = d_tape.gradient(d_loss, discriminator.trainable_variables)
    g_gradients = g_tape.gradient(g_loss, generator.trainable_variables)
    d_optimizer.apply_gradients(zip(d_gradients, discriminator.trainable_variables))
    g_optimizer.apply_gradients(zip(g_gradients, generator.trainable_variables))
    return d_loss, g_loss


random = np.random.RandomState(0)
for _ in range(STEPS):
    d_value, g_value = train(tf.constant(random.randn(BATCH, SIZE), tf.float32))

d_vars, g_vars = discriminator.trainable_variables, generator.trainable_variables
steps = int(g_optimizer.iterations)
print("variables:", len(d_vars), len(g_vars), "steps:", steps, "finite:", bool(np.isfinite(float(d_value + g_value))))
