import tensorflow as tf


class Trainer:
    def __init__(self):
        self.stats = {"steps": 0}
        self.weight = tf.Variable(1.0)

    def count(self):
        self.stats["steps"] = self.stats["steps"] + 1

    @tf.function
    def train_step(self, x):
        self.weight.assign_sub(0.1 * x)


trainer = Trainer()
for _ in range(4):
    trainer.train_step(tf.constant(1.0))
    trainer.count()
print(trainer.stats["steps"])
