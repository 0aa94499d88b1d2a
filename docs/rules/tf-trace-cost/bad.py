import tensorflow as tf


@tf.function
def power(x):
    for _ in range(200):  # expect: 14 tf-trace-cost
        x = x * 1.01
    return x


graph = power.get_concrete_function(tf.TensorSpec([])).graph
print("more than 100 operations", len(graph.get_operations()) > 100)
