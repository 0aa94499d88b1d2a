import tensorflow as tf


@tf.function
def network(x):
    return {"total": tf.reduce_sum(x)}


outputs = network(tf.constant([1.0, 2.0]))
print(outputs["total"].numpy())
