import tensorflow as tf

x = tf.ones([2, 3, 1])  # two sequences, three steps, one feature
lengths = tf.constant([3, 1])

cell = tf.keras.layers.LSTMCell(1, kernel_initializer="ones", recurrent_initializer="ones")
rnn = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True, zero_output_for_mask=True)
outputs, h, c = rnn(x, mask=tf.sequence_mask(lengths, 3))

print(outputs.numpy()[..., 0].astype(float).round(3).tolist())
print(h.numpy()[..., 0].astype(float).round(3).tolist())
