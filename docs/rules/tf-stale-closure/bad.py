import tensorflow as tf


class Policy:
    def __init__(self):
        self.epsilon = 1.0

    @tf.function
    def act(self, x):
        return x * self.epsilon  # expect: 20 tf-stale-closure

    def decay(self):
        self.epsilon *= 0.5


policy = Policy()
seen = []
for _ in range(3):
    seen.append(float(policy.act(tf.constant(1.0))))
    policy.decay()
print(seen)
