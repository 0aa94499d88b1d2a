"""How many replicas a step runs on, for the size of a batch."""

import tensorflow as tf
from tensorflow.distribute import get_strategy  # expect: 35 tf-import-path

features = tf.constant([[1.0], [2.0], [3.0], [4.0]])
replicas = get_strategy().num_replicas_in_sync
print(int(features.shape[0]) // replicas)
