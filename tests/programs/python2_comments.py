import tensorflow as tf

print "a", tf.log(1.0)  # noqa: TF306  # expect: 1 tf-python-two
print "b", tf.log(2.0)  # pylint: disable=tf-renamed-symbol
# pylint: disable=tf-placeholder
print "c", tf.placeholder(tf.float32), tf.log(3.0)  # expect: 40 tf-renamed-symbol
# pylint: enable=tf-placeholder
print "d", tf.placeholder(tf.float32)  # expect: 12 tf-placeholder
print "e", \
    len([1, 2]), \
    tf.log(4.0)  # expect: 5 tf-renamed-symbol
print """f
""", tf.log(5.0)  # expect: 6 tf-renamed-symbol
