"""Four optimizers on one function, with a learning rate that decays."""

import tensorflow as tf

CHOICES = {
    "adam": lambda rate: tf.train.AdamOptimizer(rate, beta1=0.8),
    "rmsprop": lambda rate: tf.train.RMSPropOptimizer(rate),
    "adagrad": lambda rate: tf.train.AdagradOptimizer(rate),
    "ftrl": lambda rate: tf.train.FtrlOptimizer(rate),
}

for name in sorted(CHOICES):
    tf.reset_default_graph()
    v = tf.Variable([3.0, -2.0])
    step = tf.train.get_or_create_global_step()
    rate = tf.train.exponential_decay(0.5, step, 10, 0.9, staircase=True)
    loss = tf.reduce_sum(tf.square(v))
    optimizer = CHOICES[name](rate)
    pairs = optimizer.compute_gradients(loss)
    clipped = [(tf.clip_by_value(gradient, -1.0, 1.0), variable) for gradient, variable in pairs]
    train = optimizer.apply_gradients(clipped, global_step=step)
    sess = tf.InteractiveSession()
    tf.global_variables_initializer().run()
    for _ in range(25):
        train.run()
    print(name, step.eval(), ["%.2f" % item for item in v.eval()])
    sess.close()
