import tensorflow as tf

total = tf.add(1, 2, name="total")
print(total.op.name)  # expect: 7 tf-changed-behavior
