import tensorflow as tf

queue = tf.queue.FIFOQueue(10, [tf.float32], shapes=[()])


@tf.function
def remember(x):
    queue.enqueue(x)
    return queue.size()


print(int(remember(tf.constant(1.0))), int(remember(tf.constant(2.0))))
