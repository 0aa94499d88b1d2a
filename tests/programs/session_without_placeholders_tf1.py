"""A session that is fed nothing, written for TensorFlow 1: variables, assignments, an iterator, an explicit graph."""

import numpy as np
import tensorflow as tf


def fit_line():
    """Gradient descent over a dataset; returns the slope."""
    inputs = np.arange(8, dtype=np.float32)
    dataset = tf.data.Dataset.from_tensor_slices((inputs, 2.0 * inputs)).repeat().batch(4)
    x, y = tf.data.make_one_shot_iterator(dataset).get_next()  # expect: 12 tf-legacy-iterator
    slope = tf.get_variable("slope", [], initializer=tf.zeros_initializer())  # expect: 13 tf-get-variable
    loss = tf.losses.mean_squared_error(y, slope * x)  # expect: 12 tf-legacy-loss
    train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)  # expect: 13 tf-legacy-optimizer
    with tf.Session() as sess:  # expect: 10 tf-session
        sess.run(tf.global_variables_initializer())  # expect: 9 tf-session-run, 18 tf-initializer-op
        for _ in range(50):
            sess.run(train)  # expect: 13 tf-session-run
        return sess.run(slope)  # expect: 16 tf-session-run


def count():
    """Counts in a graph of its own; returns the last number."""
    graph = tf.Graph()
    with graph.as_default():
        counter = tf.Variable(0, name="counter")
        up = tf.assign_add(counter, 1)  # expect: 14 tf-assign-op
        with tf.control_dependencies([up]):
            value = tf.identity(counter)
        init = tf.initialize_all_variables()  # expect: 16 tf-initializer-op
    config = tf.ConfigProto(allow_soft_placement=True)  # expect: 14 tf-session
    with tf.Session(graph=graph, config=config) as sess:  # expect: 10 tf-session
        sess.run(init)  # expect: 9 tf-session-run
        return [int(sess.run(value)) for _ in range(3)][-1]  # expect: 21 tf-session-run


def running_mean():
    """A streaming metric; returns its value."""
    tf.reset_default_graph()  # expect: 5 tf-graph
    mean, update = tf.metrics.mean(tf.constant([1.0, 3.0]))  # expect: 20 tf-legacy-metric
    sess = tf.InteractiveSession()  # expect: 12 tf-session
    sess.run(tf.local_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    sess.run(update)  # expect: 5 tf-session-run
    value = sess.run(mean)  # expect: 13 tf-session-run
    sess.close()
    return value


print("slope: %.2f" % fit_line())
print("count: %d" % count())
print("mean: %.1f" % running_mean())
