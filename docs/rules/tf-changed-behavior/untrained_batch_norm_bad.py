import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


layer = tf.keras.layers.BatchNormalization(trainable=False)  # expect: 44 tf-changed-behavior
output = layer(tf.constant([[1.0], [3.0]]), training=True)
if not tf.executing_eagerly():
    session = tf.Session()  # expect: 15 tf-session
    session.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 17 tf-initializer-op
    print(session.run(output).round(1).tolist())  # expect: 11 tf-session-run
else:
    print(output.numpy().round(1).tolist())
