import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


layer = tf.keras.layers.GRU(1, kernel_initializer="ones", recurrent_initializer="ones")  # expect: 9 tf-changed-behavior
output = layer(tf.ones([1, 2, 1]))
if not tf.executing_eagerly():
    session = tf.Session()  # expect: 15 tf-session
    session.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 17 tf-initializer-op
    print(round(float(session.run(output)[0, 0]), 4))  # expect: 23 tf-session-run
else:
    print(round(float(output[0, 0]), 4))
