import tensorflow as tf

counter = tf.Variable(1.0)
table = tf.Variable([1.0, 2.0, 3.0])
counter.assign_add(2.0)
table.scatter_update(tf.IndexedSlices([8.0, 9.0], [0, 2]))

print(counter.numpy(), table.numpy())
