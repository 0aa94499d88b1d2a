import tensorflow as tf

labels, predictions = [1, 0, 1, 1], [1, 1, 1, 1]
accuracy = tf.keras.metrics.Accuracy()

accuracy.update_state(labels, predictions)
print(accuracy.result().numpy())
