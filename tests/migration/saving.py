"""Checkpoints by Saver, restored into another graph."""

import tensorflow as tf

with tf.Graph().as_default():
    v = tf.get_variable("v", initializer=tf.constant([1.0, 2.0]))
    double = v.assign(v * 2)
    saver = tf.train.Saver(max_to_keep=2)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(3):
            sess.run(double)
            saver.save(sess, "model/ckpt", global_step=step)
    print(saver.last_checkpoints)

with tf.Graph().as_default():
    v = tf.get_variable("v", shape=[2])
    latest = tf.train.latest_checkpoint("model")
    with tf.Session() as sess:
        tf.train.Saver([v]).restore(sess, latest)
        print(latest, sess.run(v).tolist())
print(tf.train.NewCheckpointReader(latest).get_variable_to_shape_map())
