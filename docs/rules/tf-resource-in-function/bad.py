import tensorflow as tf


@tf.function
def remember(x):
    queue = tf.queue.FIFOQueue(10, [tf.float32], shapes=[()])  # expect: 13 tf-resource-in-function
    queue.enqueue(x)
    return queue.size()


print(int(remember(tf.constant(1.0))), int(remember(tf.constant(2.0))))
