"""Examples and records: written, read, parsed."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

feature = tf.train.Feature(int64_list=tf.train.Int64List(value=[3]))
example = tf.train.Example(features=tf.train.Features(feature={"a": feature}))
with tf.python_io.TFRecordWriter("x.tfrecord") as writer:
    writer.write(example.SerializeToString())
for record in tf.data.TFRecordDataset("x.tfrecord"):
    parsed = tf.parse_single_example(record, {"a": tf.FixedLenFeature([1], tf.int64), "b": tf.VarLenFeature(tf.string)})
    print(parsed["a"].numpy(), parsed["b"].dense_shape.numpy())
    print(tf.parse_example([record], features={"a": tf.FixedLenFeature([1], tf.int64)})["a"].numpy())
print(tf.parse_tensor(tf.serialize_tensor([1, 2]), tf.int32).numpy(), tf.decode_csv(["1,x"], [[0], ["y"]])[0].numpy())
print(tf.read_file("x.tfrecord").numpy()[:1], tf.matching_files("x.*").numpy())
