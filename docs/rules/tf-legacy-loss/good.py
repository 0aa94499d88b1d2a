import tensorflow as tf

labels = tf.constant([[1.0, 0.0], [0.0, 1.0]])
logits = tf.constant([[2.0, 0.0], [0.0, 0.0]])
loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)

print(round(float(loss(labels, logits)), 4))
