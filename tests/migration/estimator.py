"""A custom estimator with an input function, trained and evaluated."""

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


def model_fn(features, labels, mode):
    w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    predictions = features["x"] * w
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions={"y": predictions})
    loss = tf.losses.mean_squared_error(labels, predictions)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    metrics = {"error": tf.metrics.mean_absolute_error(labels, predictions)}
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train, eval_metric_ops=metrics)


x = np.array([1.0, 2.0, 3.0], dtype=np.float32)
data = tf.estimator.inputs.numpy_input_fn({"x": x}, 3 * x, batch_size=3, num_epochs=None, shuffle=False)
config = tf.estimator.RunConfig(model_dir="run", tf_random_seed=1)
estimator = tf.estimator.Estimator(model_fn, config=config)
estimator.train(data, steps=30)
result = estimator.evaluate(data, steps=1)
print(result["global_step"], "%.3f" % result["loss"], "%.2f" % estimator.get_variable_value("w"))
