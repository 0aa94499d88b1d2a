import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


logits = tf.constant([[[9.0, 0.0, 0.0]], [[0.0, 0.0, 9.0]], [[9.0, 0.0, 0.0]]])
decoded, _ = tf.nn.ctc_beam_search_decoder(logits, [3])  # expect: 14 tf-changed-behavior
print(value(decoded[0].values).tolist())
