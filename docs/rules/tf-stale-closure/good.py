import tensorflow as tf


class Policy:
    def __init__(self):
        self.epsilon = tf.Variable(1.0)

    @tf.function
    def act(self, x):
        return x * self.epsilon

    def decay(self):
        self.epsilon.assign(self.epsilon * 0.5)


policy = Policy()
seen = []
for _ in range(3):
    seen.append(float(policy.act(tf.constant(1.0))))
    policy.decay()
print(seen)
