"""Datasets in eager code: batch_and_drop_remainder's successor, iterators made by hand, records read back."""

import tensorflow as tf

tf.enable_eager_execution()

with tf.python_io.TFRecordWriter("numbers.tfrecord") as writer:
    for number in range(6):
        feature = tf.train.Feature(int64_list=tf.train.Int64List(value=[number, number + 1]))
        example = tf.train.Example(features=tf.train.Features(feature={"pair": feature}))
        writer.write(example.SerializeToString())


def parse(record):
    return tf.parse_single_example(record, {"pair": tf.FixedLenFeature([2], tf.int64)})["pair"]


dataset = tf.data.TFRecordDataset("numbers.tfrecord").map(parse).batch(4, drop_remainder=True)
for batch in dataset:
    print(batch.numpy().tolist())
iterator = dataset.make_one_shot_iterator()
print(iterator.get_next().numpy().sum())
print(len(list(tf.python_io.tf_record_iterator("numbers.tfrecord"))))
