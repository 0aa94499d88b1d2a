import tensorflow as tf

x = tf.Variable(1.0)
step = tf.compat.v1.train.GradientDescentOptimizer(0.1).minimize(x * x)  # expect: 66 tf-changed-behavior
if not tf.executing_eagerly():
    session = tf.compat.v1.Session()
    session.run(tf.compat.v1.global_variables_initializer())
    session.run(step)
    print(round(float(session.run(x)), 2))
