"""A script with tf.app.flags and tf.app.run."""

import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer("steps", 3, "How many steps")
flags.DEFINE_string("name", "run", "What to call it")
tf.flags.DEFINE_float("rate", 0.5, "How fast")
FLAGS = flags.FLAGS


def main(_):
    tf.logging.set_verbosity(tf.logging.ERROR)
    value = 1.0
    for _ in range(FLAGS.steps):
        value *= FLAGS.rate
    print(FLAGS.name, value)
    tf.logging.info("never shown")


if __name__ == "__main__":
    tf.app.run()
