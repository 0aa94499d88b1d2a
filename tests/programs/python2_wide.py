import tensorflow as tf, ConfigParser

config = ConfigParser.ConfigParser()
with tf.variable_scope("é" "\xe9"):  # expect: 6 tf-variable-scope
    v = tf.get_variable("v", [1], collections=[tf.GraphKeys.VARIABLES])  # expect: 9 tf-get-variable, 48 tf-collection
print "é日本", tf.get_collection("x"), "😀", tf.log(v)  # expect: 1 tf-python-two, 14 tf-collection, 43 tf-renamed-symbol
print >> None, "é", tf.log(v) ; print "é", tf.log(v)  # expect: 21 tf-renamed-symbol, 44 tf-renamed-symbol
