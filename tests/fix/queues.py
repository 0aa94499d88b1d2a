"""Queues, and what else is the same object elsewhere."""

import tensorflow as tf

with tf.Graph().as_default(), tf.compat.v1.Session() as session:
    for queue in (tf.FIFOQueue(3, [tf.int32], shapes=[[]]), tf.PaddingFIFOQueue(3, [tf.int32], [[None]]), tf.RandomShuffleQueue(3, 0, [tf.int32])):
        session.run(queue.enqueue(([1, 2],) if isinstance(queue, tf.PaddingFIFOQueue) else (5,)))
        print(session.run(queue.size()), session.run(queue.dequeue()).tolist(), isinstance(queue, tf.QueueBase))
    urgent = tf.io.PriorityQueue(3, [tf.string], shapes=[[]])
    session.run([urgent.enqueue((2, "two")), urgent.enqueue((1, "one"))])
    print(session.run(urgent.dequeue())[1], isinstance(urgent, tf.PriorityQueue))
    print(tf.train.write_graph(tf.Graph(), ".", "graph.pbtxt"), issubclass(tf.train.Server, object))
