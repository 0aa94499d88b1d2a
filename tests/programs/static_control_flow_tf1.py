"""Loops and branches written for graphs: they still run, the placeholders and the session around them do not."""

import numpy as np
import tensorflow as tf

n = tf.placeholder(tf.int32, [], name="n")  # expect: 5 tf-placeholder
values = tf.placeholder(tf.float32, [None, 2], name="values")  # expect: 10 tf-placeholder


def collatz(start):
    """How many steps the number takes to come down to one."""

    def body(number, steps):
        even = tf.equal(tf.floormod(number, 2), 0)  # expect: 25 tf-renamed-symbol
        number = tf.cond(even, lambda: number // 2, lambda: 3 * number + 1)
        return number, steps + 1

    _, steps = tf.while_loop(lambda number, _: tf.not_equal(number, 1), body, [start, tf.constant(0)])
    return steps


def clipped_norms(rows):
    """The length of each row, at most four."""
    lengths = tf.map_fn(lambda row: tf.sqrt(tf.reduce_sum(tf.square(row))), rows)
    return tf.where(lengths > 4.0, 4.0 * tf.ones_like(lengths), lengths)


def describe(number):
    """A branch among three."""
    cases = [(tf.less(number, 0), lambda: tf.constant(-1)), (tf.greater(number, 0), lambda: tf.constant(1))]
    return tf.case(cases, default=lambda: tf.constant(0))


total = tf.Variable(0, name="total")
steps = collatz(n)
norms = clipped_norms(values)
sign = describe(n)
with tf.control_dependencies([tf.assign_add(total, steps)]):  # expect: 31 tf-assign-op
    shown = tf.Print(total, [total], "total:")  # expect: 13 tf-removed-symbol

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(total.initializer)  # expect: 5 tf-session-run
    feed = {n: 6, values: np.array([[3.0, 4.0], [0.6, 0.8]])}
    print(sess.run([steps, sign], feed_dict=feed))  # expect: 11 tf-session-run, 35 tf-feed-dict
    lengths = sess.run(norms, feed_dict=feed)  # expect: 15 tf-session-run, 31 tf-feed-dict
    print([round(float(length), 3) for length in lengths])
    print(sess.run(shown, feed) > 0)  # expect: 11 tf-session-run
