import tensorflow as tf

dataset = tf.data.Dataset.range(4).batch(2)
iterator = dataset.make_one_shot_iterator()  # expect: 12 tf-legacy-iterator
batch = iterator.get_next()

with tf.Session() as sess:  # expect: 6 tf-session
    try:
        while True:
            print(sess.run(batch))  # expect: 19 tf-session-run
    except tf.errors.OutOfRangeError:
        print("end")
