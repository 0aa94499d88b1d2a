"""A dataset read by a one-shot iterator in a session until it ends."""

import tensorflow as tf

dataset = tf.data.Dataset.from_tensor_slices({"x": list(range(10)), "y": [i * i for i in range(10)]})
dataset = dataset.filter(lambda item: tf.equal(item["x"] % 2, 0)).repeat(2).batch(4)
print(dataset.output_types["x"], dataset.output_shapes["y"])
batch = dataset.make_one_shot_iterator().get_next()
total = tf.reduce_sum(batch["x"] * batch["y"])

with tf.Session() as sess:
    while True:
        try:
            print(sess.run(total))
        except tf.errors.OutOfRangeError:
            print("end")
            break
