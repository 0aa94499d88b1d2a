"""Names that only tf.compat.v1 has, imported one by one."""

import tensorflow as tf
from tensorflow import Session, float32, placeholder as ph
from tensorflow import logging
from tensorflow.train import AdamOptimizer


def run():
    from tensorflow import Graph, get_variable

    with Graph().as_default(), Session() as session:
        x = ph(float32, [])
        w = get_variable("w", [], initializer=tf.ones_initializer())
        train = AdamOptimizer(0.5).minimize(w * x)
        session.run(tf.global_variables_initializer())
        session.run(train, {x: 2.0})
        return session.run(w * x, {x: 3.0}).round(4)


logging.set_verbosity(logging.ERROR)
print(run())
