import tensorflow as tf


class Trainer:
    def __init__(self):
        self.stats = {"steps": 0}
        self.weight = tf.Variable(1.0)

    def count(self):
        self.stats["steps"] = self.stats["steps"] + 1  # expect: 9 tf-outer-mutation

    @tf.function
    def train_step(self, x):
        self.count()
        self.weight.assign_sub(0.1 * x)


trainer = Trainer()
for _ in range(4):
    trainer.train_step(tf.constant(1.0))
print(trainer.stats["steps"])
