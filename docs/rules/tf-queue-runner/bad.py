import tensorflow as tf

with open("numbers.txt", "w") as stream:
    stream.write("1\n2\n3\n4\n")

names = tf.train.string_input_producer(["numbers.txt"])  # expect: 9 tf-queue-runner
_, line = tf.TextLineReader().read(names)  # expect: 11 tf-queue-runner
batch = tf.train.batch([tf.strings.to_number(line)], 2)  # expect: 9 tf-queue-runner

with tf.Session() as sess:  # expect: 6 tf-session
    coordinator = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess, coordinator)  # expect: 15 tf-queue-runner
    print(sess.run(batch))  # expect: 11 tf-session-run
    print(sess.run(batch))  # expect: 11 tf-session-run
    coordinator.request_stop()
    coordinator.join(threads)
