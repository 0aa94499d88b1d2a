import tensorflow as tf

loss = tf.constant(0.5)
for step in range(3):
print("loss:", loss.numpy())  # expect: 1 tf-not-analysed
