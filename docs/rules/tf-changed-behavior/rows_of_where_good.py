import tensorflow as tf

condition = tf.constant([True, False])
chosen = tf.where(condition[:, None], tf.constant([[1, 2], [3, 4]]), tf.constant([[5, 6], [7, 8]]))
print(chosen.numpy().tolist())
