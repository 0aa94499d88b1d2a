import tensorflow as tf

weight = tf.Variable(1.0)
checkpoint = tf.train.Checkpoint(weight=weight)

path = checkpoint.save("./model")
weight.assign(5.0)
checkpoint.restore(path).assert_consumed()
print(weight.numpy())
