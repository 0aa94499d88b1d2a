"""Strings and serialized examples, taken apart in a session."""

import tensorflow as tf


def serialized(name, values):
    features = {
        "name": tf.train.Feature(bytes_list=tf.train.BytesList(value=[name])),
        "values": tf.train.Feature(float_list=tf.train.FloatList(value=values)),
    }
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


batch = [serialized(b"one two", [1.0, 2.0]), serialized(b"three", [3.0])]
parsed = tf.parse_example(batch, {"name": tf.FixedLenFeature([], tf.string), "values": tf.VarLenFeature(tf.float32)})
dense = tf.sparse_tensor_to_dense(parsed["values"], default_value=-1.0)
words = tf.string_split(parsed["name"], delimiter=" ")
joined = tf.string_join([parsed["name"], tf.constant(["!", "?"])], separator=" ")
numbers = tf.string_to_number(tf.constant(["1.5", "2"]))
raw = tf.decode_raw(tf.constant([b"\x01\x02"]), tf.uint8)
hashed = tf.string_to_hash_bucket_fast(tf.constant(["a", "b"]), 10)
with tf.Session() as sess:
    print(sess.run(dense).tolist())
    print(sess.run(words).values.tolist(), sess.run(joined).tolist())
    print(sess.run([numbers, raw, hashed]))
    print(sess.run(tf.substr(parsed["name"], 0, 3)).tolist(), sess.run(tf.as_string(numbers)).tolist())
