"""A graph and a session, spelled out: placeholders, variables, collections, optimizers, losses, metrics."""

import tensorflow as tf

with tf.Graph().as_default():
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    y = tf.placeholder_with_default([1.0, 2.0], [2])
    with tf.variable_scope("layer", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [2, 1], initializer=tf.constant_initializer(0.5, dtype=tf.float32))
        b = tf.get_variable("b", [1], initializer=tf.zeros_initializer(dtype=tf.float32))
    out = tf.matmul(x, w) + b
    loss = tf.losses.mean_squared_error(tf.reshape(y, [2, 1]), out)
    step = tf.train.get_or_create_global_step()
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=step)
    mean, update = tf.metrics.mean(out)
    assign = tf.assign(b, [3.0])
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        print(session.run(loss, {x: [[1.0, 2.0], [3.0, 4.0]]}))
        for _ in range(3):
            session.run(train, feed_dict={x: [[1.0, 2.0], [3.0, 4.0]]})
        print([one.tolist() for one in session.run([w, b, step])], [v.name for v in tf.global_variables()], [v.op.name for v in tf.trainable_variables()])
        session.run(update, {x: [[1.0, 1.0]]})
        print(session.run(mean), session.run(assign), len(tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)))
        saver = tf.train.Saver()
        path = saver.save(session, "./model", global_step=step)
        session.run(tf.assign_add(b, [1.0]))
        saver.restore(session, path)
        print(session.run(b), path)
        tf.logging.set_verbosity(tf.logging.ERROR)
        print(tf.logging.get_verbosity() == tf.logging.ERROR)
