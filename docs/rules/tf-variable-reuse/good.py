import tensorflow as tf


class Score(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(1.0, name="w")

    def __call__(self, x):
        return x * self.w


score = Score()
left, right = score(2.0), score(3.0)  # both calls use score.w
print("one weight:", len(score.variables) == 1)

dense = tf.keras.layers.Dense(1)
left, right = dense(tf.ones([1, 2])), dense(tf.ones([1, 2]))
print("one weight:", len(dense.trainable_variables) == 2)  # one kernel and one bias
