"""A generative adversarial network, written for TensorFlow 1: scopes that share, variables found by scope."""

import numpy as np
import tensorflow as tf

NOISE, SIZE, BATCH, STEPS = 2, 4, 16, 20


def generator(z):
    with tf.variable_scope("generator"):  # expect: 10 tf-variable-scope
        h = tf.layers.dense(z, 8, activation=tf.nn.relu)  # expect: 13 tf-layers
        return tf.layers.dense(h, SIZE)  # expect: 16 tf-layers


def discriminator(x, reuse=False):
    with tf.variable_scope("discriminator", reuse=reuse):  # expect: 10 tf-variable-scope
        h = tf.layers.dense(x, 8, activation=tf.nn.leaky_relu)  # expect: 13 tf-layers
        h = tf.layers.batch_normalization(h, training=True)  # expect: 13 tf-layers
        return tf.layers.dense(h, 1)  # expect: 16 tf-layers


def cross_entropy(logits, label):
    return tf.losses.sigmoid_cross_entropy(label * tf.ones_like(logits), logits)  # expect: 12 tf-legacy-loss


real = tf.placeholder(tf.float32, [None, SIZE])  # expect: 8 tf-placeholder
noise = tf.random_uniform([BATCH, NOISE], -1.0, 1.0)  # expect: 9 tf-renamed-symbol

fake = generator(noise)
real_logits = discriminator(real)
fake_logits = discriminator(fake, reuse=True)

d_loss = cross_entropy(real_logits, 1.0) + cross_entropy(fake_logits, 0.0)
g_loss = cross_entropy(fake_logits, 1.0)

d_vars = tf.trainable_variables(scope="discriminator")  # expect: 10 tf-global-variables
g_vars = [v for v in tf.trainable_variables() if v.name.startswith("generator")]  # expect: 22 tf-global-variables
updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)  # expect: 11 tf-collection, 29 tf-collection
with tf.control_dependencies(updates):
    d_train = tf.train.AdamOptimizer(0.01, 0.5).minimize(d_loss, var_list=d_vars)  # expect: 15 tf-legacy-optimizer
g_train = tf.train.AdamOptimizer(0.01, 0.5).minimize(g_loss, var_list=g_vars)  # expect: 11 tf-legacy-optimizer
step = tf.train.get_or_create_global_step()  # expect: 8 tf-global-variables
count = tf.assign_add(step, 1)  # expect: 9 tf-assign-op
init = tf.global_variables_initializer()  # expect: 8 tf-initializer-op

random = np.random.RandomState(0)
hooks = [tf.train.StopAtStepHook(last_step=STEPS)]  # expect: 10 tf-monitored-session
with tf.train.MonitoredTrainingSession(hooks=hooks) as sess:  # expect: 6 tf-monitored-session
    sess.run(init)  # expect: 5 tf-session-run
    while not sess.should_stop():
        batch = random.randn(BATCH, SIZE)
        feed = {real: batch}
        _, d_value = sess.run([d_train, d_loss], feed_dict=feed)  # expect: 22 tf-session-run, 50 tf-feed-dict
        _, g_value = sess.run([g_train, g_loss], feed_dict=feed)  # expect: 22 tf-session-run, 50 tf-feed-dict
        steps = sess.run(count)  # expect: 17 tf-session-run

print("variables:", len(d_vars), len(g_vars), "steps:", steps, "finite:", bool(np.isfinite(d_value + g_value)))
