import tempfile

import tensorflow as tf

step = tf.Variable(0)
checkpoint = tf.train.Checkpoint(step=step)
folder = tempfile.mkdtemp()


@tf.function
def train():
    step.assign_add(1)
    checkpoint.save(folder + "/model")  # expect: 5 tf-checkpoint-in-function


train()
print(int(step))
