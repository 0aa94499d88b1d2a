import tensorflow as tf

loss = tf.constant(0.5)
print "loss:", loss  # expect: 1 tf-python-two
