import tensorflow as tf


def value(tensor):
    return tensor.numpy() if tf.executing_eagerly() else tf.Session().run(tensor)  # expect: 58 tf-session, 58 tf-session-run


x = tf.Variable(1.0)
x += 1.0  # expect: 1 tf-item-assignment
if not tf.executing_eagerly():
    session = tf.Session()  # expect: 15 tf-session
    session.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 17 tf-initializer-op
    print(session.run(x))  # expect: 11 tf-session-run
