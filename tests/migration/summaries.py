"""Scalars and histograms written by a merged summary, and read again."""

import glob

import tensorflow as tf

with tf.Graph().as_default():
    step = tf.train.get_or_create_global_step()
    value = tf.to_float(step) * 2.0
    tf.summary.scalar("value", value)
    tf.summary.histogram("many", tf.fill([5], value))
    merged = tf.summary.merge_all()
    advance = tf.assign_add(step, 1)
    with tf.Session() as sess:
        writer = tf.summary.FileWriter("logs", sess.graph)
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            text, number = sess.run([merged, step])
            writer.add_summary(text, number)
            sess.run(advance)
        writer.close()

for path in glob.glob("logs/*"):
    for event in tf.train.summary_iterator(path):
        for item in event.summary.value:
            if item.tag == "value":
                print(event.step, item.simple_value)
