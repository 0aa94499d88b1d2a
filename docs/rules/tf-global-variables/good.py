import tensorflow as tf


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(2.0, name="w")
        self.ema = tf.Variable(0.0, name="ema", trainable=False)
        self.step = tf.Variable(0, dtype=tf.int64, trainable=False, name="global_step")


model = Model()
l2 = tf.add_n([tf.nn.l2_loss(v) for v in model.trainable_variables])

print([v.name for v in (model.w, model.ema, model.step)])  # model.variables holds the same three
print(l2.numpy(), model.step.numpy())
