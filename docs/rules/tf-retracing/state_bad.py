import tensorflow as tf


class Agent:
    def __init__(self):
        self.epsilon = 1.0

    @tf.function
    def explore(self, x, epsilon):
        return x * epsilon

    def act(self, x):
        self.epsilon = max(0.1, self.epsilon * 0.9)
        return self.explore(x, self.epsilon)  # expect: 32 tf-retracing


agent = Agent()
for _ in range(8):
    agent.act(tf.constant(1.0))
print("traces", agent.explore.experimental_get_tracing_count())
