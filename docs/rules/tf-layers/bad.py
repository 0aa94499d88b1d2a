import tensorflow as tf

images = tf.ones([1, 2, 2, 1])
h = tf.layers.conv2d(images, 1, 2, kernel_initializer=tf.ones_initializer())  # expect: 5 tf-layers
h = tf.layers.flatten(h)  # expect: 5 tf-layers
h = tf.layers.dropout(h, rate=0.4, training=False)  # expect: 5 tf-layers
y = tf.layers.dense(h, 2, activation=tf.nn.relu, kernel_initializer=tf.ones_initializer())  # expect: 5 tf-layers

with tf.Session() as sess:  # expect: 6 tf-session
    sess.run(tf.global_variables_initializer())  # expect: 5 tf-session-run, 14 tf-initializer-op
    print(sess.run(y).tolist())  # expect: 11 tf-session-run
