"""How many replicas a step runs on, for the size of a batch."""

import tensorflow as tf

features = tf.constant([[1.0], [2.0], [3.0], [4.0]])
replicas = tf.distribute.get_strategy().num_replicas_in_sync
print(int(features.shape[0]) // replicas)
