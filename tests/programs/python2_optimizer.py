import tensorflow as tf
from tensorflow.contrib import layers, slim  # expect: 32 tf-contrib-import, 40 tf-contrib-import

optimizers = {
    'sgd': lambda (rate, _): tf.train.GradientDescentOptimizer(rate),  # expect: 19 tf-python-two, 30 tf-legacy-optimizer
    'adam': lambda (rate, decay), eps=1e-8: tf.train.AdamOptimizer(rate, epsilon=eps),  # expect: 45 tf-legacy-optimizer
}
net = slim.fully_connected(tf.ones([1, 2]), 3)  # expect: 7 tf-contrib
net = layers.batch_norm(net)  # expect: 7 tf-contrib
print ("loss %s") % tf.losses.get_total_loss()  # expect: 21 tf-legacy-loss
print ("a", "b"), tf.trainable_variables()  # expect: 19 tf-global-variables
print("plain", tf.train.get_global_step())  # expect: 16 tf-global-variables
print (tf.global_variables())  # expect: 8 tf-global-variables
print
