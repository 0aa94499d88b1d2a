import logging
import sys

import tensorflow as tf

logger = logging.getLogger("training")
logger.addHandler(logging.StreamHandler(sys.stdout))
logger.setLevel(logging.INFO)


@tf.function
def step(x):
    logger.info("Tracing step for %s", x.dtype)
    return x * 2.0, tf.math.is_nan(x)


for number in range(3):
    logger.info("called")
    result, missing = step(tf.constant(float(number)))
    if missing:
        logger.warning("not a number")
