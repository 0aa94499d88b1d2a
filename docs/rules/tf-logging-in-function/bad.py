import logging
import sys

import tensorflow as tf

logger = logging.getLogger("training")
logger.addHandler(logging.StreamHandler(sys.stdout))
logger.setLevel(logging.INFO)


@tf.function
def step(x):
    logger.info("called")  # expect: 5 tf-logging-in-function
    if tf.math.is_nan(x):
        logger.warning("not a number")  # expect: 9 tf-logging-in-function
    return x * 2.0


for number in range(3):
    step(tf.constant(float(number)))
