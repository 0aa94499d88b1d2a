import time
import tensorflow as tf

state = []


@tf.function
def step(x, (a, b)=(1, 2)):
    print "step:", x  # expect: 5 tf-print-in-function
    state.append(x)  # expect: 5 tf-tensor-leak
    return helper(x) * a


def helper(x):
    if tf.reduce_sum(x) <> 0: return x * time.time()  # expect: 42 tf-frozen-value
    return x + 0L  # expect: 16 tf-python-two


for i in xrange(10): print step(tf.constant(1.0)),
