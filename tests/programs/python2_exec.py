import tensorflow as tf

scope = {"tf": tf}
exec "y = tf.log(1.0)" in scope  # expect: 1 tf-python-two
exec "z = tf.log(2.0)" in scope, {}; z = tf.log(3.0)  # expect: 42 tf-renamed-symbol
exec """
a = 1
b = 2
""" in scope; c = tf.ceil(z)  # expect: 19 tf-renamed-symbol
code = "d = 4"
exec code
exec(code); e = tf.cross(c, c)  # expect: 17 tf-renamed-symbol
