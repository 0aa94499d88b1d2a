import tensorflow as tf

x = tf.zeros([2, 2])
x[0, 1] = 5.0  # expect: 1 tf-item-assignment
print(x.numpy().tolist())
