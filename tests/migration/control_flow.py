"""while_loop, cond and case on constants."""

import tensorflow as tf


def collatz(n):
    def step(value, count):
        value = tf.cond(tf.equal(value % 2, 0), true_fn=lambda: value // 2, false_fn=lambda: value * 3 + 1)
        return value, count + 1

    return tf.while_loop(lambda value, _: value > 1, step, [n, 0])


with tf.Session() as sess:
    for number in (6, 7, 27):
        print("%d after %d steps" % tuple(sess.run(collatz(tf.constant(number)))))
    x = tf.constant(3.0)
    branch = tf.case([(tf.less(x, 1.0), lambda: x), (tf.greater(x, 2.0), lambda: -x)], default=lambda: x * 2)
    print(sess.run(branch))
    print(sess.run(tf.scan(lambda a, b: a + b, tf.range(5))).tolist())
    print(sess.run(tf.map_fn(lambda v: v * v, tf.range(4))).tolist())
