import tensorflow as tf
from absl import app, flags, logging

flags.DEFINE_integer("steps", 3, "How many steps to train.")


def main(argv):
    logging.info("training")
    steps = flags.FLAGS.steps
    with tf.io.gfile.GFile("log.txt", "w") as log:
        log.write("trained")
    print(steps, tf.io.gfile.exists("log.txt"))


if __name__ == "__main__":
    app.run(main)
