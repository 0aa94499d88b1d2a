import tensorflow as tf

x = tf.constant([[2.0, 0.0], [0.0, 4.0]])
inverse = tf.matrix_inverse(x)  # expect: 11 tf-renamed-symbol
entropy = -tf.reduce_sum(inverse * tf.log(inverse + 1.0))  # expect: 36 tf-renamed-symbol
ok = tf.is_finite(entropy)  # expect: 6 tf-renamed-symbol

with tf.Session() as sess:  # expect: 6 tf-session
    value, finite = sess.run([entropy, ok])  # expect: 21 tf-session-run
print(round(float(value), 4), bool(finite))
