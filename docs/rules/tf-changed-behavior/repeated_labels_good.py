import tensorflow as tf

logits = tf.constant([[[9.0, 0.0, 0.0]], [[0.0, 0.0, 9.0]], [[9.0, 0.0, 0.0]]])
decoded, _ = tf.compat.v1.nn.ctc_beam_search_decoder(logits, [3])
print(decoded[0].values.numpy().tolist())
