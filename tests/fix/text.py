"""Functions of strings."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

words = tf.constant([" a1 ", "bc2"])
print(tf.string_strip(words).numpy().tolist(), tf.string_join([words, words], separator="-").numpy().tolist())
print(tf.regex_replace(words, "[0-9]", "#").numpy().tolist(), tf.substr(words, 1, 2).numpy().tolist())
print(tf.string_to_number(["1.5", "2"]).numpy().tolist(), tf.string_to_number(["3"], tf.int32).numpy().tolist())
print(tf.string_to_hash_bucket_fast(words, 100).numpy().tolist(), tf.string_to_hash_bucket_strong(words, 9, [1, 2]).numpy())
print(tf.decode_base64(tf.encode_base64(words)).numpy().tolist(), tf.decode_raw(words[:1], tf.uint8).numpy().tolist())
print(tf.string_to_hash_bucket(words, 7).numpy().tolist(), tf.as_string([1, 2]).numpy().tolist())
