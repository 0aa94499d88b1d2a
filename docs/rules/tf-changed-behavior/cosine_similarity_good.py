import tensorflow as tf

loss = -tf.keras.losses.cosine_similarity(tf.constant([1.0, 0.0]), tf.constant([1.0, 0.0]))
print(float(loss))
