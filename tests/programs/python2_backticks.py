import tensorflow as tf

shape = [1, 2]
name = `tf.placeholder(tf.float32, shape)` + `shape`  # expect: 8 tf-python-two, 9 tf-placeholder
pair = `tf.log(1.0), 2`; summary = tf.scalar_summary("x " + `tf.log(2.0)`, 0); last = tf.log(3.0)  # expect: 9 tf-renamed-symbol, 36 tf-unavailable-symbol, 62 tf-renamed-symbol, 87 tf-renamed-symbol
if `pair`<>`last`: print `pair`, tf.log(4.0), `last`  # expect: 34 tf-renamed-symbol
