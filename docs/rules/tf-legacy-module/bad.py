import tensorflow as tf

tf.app.flags.DEFINE_integer("steps", 3, "How many steps to train.")  # expect: 1 tf-legacy-module


def main(argv):
    tf.logging.info("training")  # expect: 5 tf-legacy-module
    steps = tf.app.flags.FLAGS.steps  # expect: 13 tf-legacy-module
    with tf.gfile.GFile("log.txt", "w") as log:  # expect: 10 tf-legacy-module
        log.write("trained")
    print(steps, tf.gfile.Exists("log.txt"))  # expect: 18 tf-legacy-module


if __name__ == "__main__":
    tf.app.run()  # expect: 5 tf-legacy-module
