import tensorflow as tf


class Counter:
    def __init__(self):
        self.count = 0

    def increase(self):
        self.count += 1  # expect: 9 tf-growth-in-loop


@tf.function
def steps(x):
    counter = Counter()
    while x > 1.0:
        x = x / 2.0
        counter.increase()
    return counter.count


print(int(steps(tf.constant(8.0))))
