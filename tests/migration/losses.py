"""tf.losses in eager code: weights, reductions, argument orders."""

import tensorflow as tf

tf.enable_eager_execution()

labels = tf.constant([[0.0, 1.0], [1.0, 0.0]])
logits = tf.constant([[0.5, 2.0], [-1.0, 0.25]])
print("%.4f" % tf.losses.softmax_cross_entropy(labels, logits).numpy())
print("%.4f" % tf.losses.softmax_cross_entropy(labels, logits, label_smoothing=0.1).numpy())
print("%.4f" % tf.losses.sigmoid_cross_entropy(labels, logits).numpy())
print("%.4f" % tf.losses.mean_squared_error(labels, logits, weights=[[1.0], [0.0]]).numpy())
print(tf.losses.absolute_difference(labels, logits, reduction=tf.losses.Reduction.NONE).numpy().tolist())
print("%.4f" % tf.losses.huber_loss(labels, logits, delta=0.5).numpy())
print("%.4f" % tf.losses.log_loss(labels, tf.nn.softmax(logits, dim=-1)).numpy())
print("%.4f" % tf.losses.hinge_loss(labels, logits).numpy())
