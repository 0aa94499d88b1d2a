"""tf.assert_*, of which the native ones take other places."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([[1.0, 2.0]])
print(tf.assert_greater_equal(x, 1.0), tf.assert_greater_equal(x, y=1.0, message="m", summarize=3, name="n"))
print(tf.assert_less_equal(x, 2.0), tf.assert_less_equal(x=x, y=2.0, message="m", summarize=3, name="n"))
print(tf.assert_integer([1]), tf.assert_integer(x=[1], message="m", name="n"), tf.assert_near(x, x), tf.assert_near(x, x, rtol=0.1, atol=0.1))
print(tf.assert_near(x=x, y=x, message="m", summarize=2, name="n"), tf.assert_negative(-x), tf.assert_negative(x=-x, message="m", summarize=2, name="n"))
print(tf.assert_non_negative(x), tf.assert_non_negative(x=x, message="m", summarize=2, name="n"), tf.assert_non_positive(-x))
print(tf.assert_non_positive(x=-x, message="m", summarize=2, name="n"), tf.assert_none_equal(x, 5.0), tf.assert_none_equal(x=x, y=5.0, message="m", summarize=2, name="n"))
print(tf.assert_positive(x), tf.assert_positive(x=x, message="m", summarize=2, name="n"), tf.assert_rank_at_least(x, 1))
print(tf.assert_rank_at_least(x=x, rank=1, message="m", name="n"), tf.assert_rank_in(x, [1, 2]), tf.assert_rank_in(x=x, ranks=[2], message="m", name="n"))
print(tf.assert_type(x, tf.float32), tf.assert_type(tensor=x, tf_type=tf.float32, message="m", name="n"))
for check in (lambda: tf.assert_positive(-x, message="all of them"), lambda: tf.assert_less_equal(x, 1.0), lambda: tf.assert_rank_in(x, [3])):
    try:
        check()
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        print("all of them" in str(error), type(error).__name__)
with tf.Graph().as_default():
    y = tf.compat.v1.placeholder(tf.float32, [None])
    wanted = [tf.assert_positive(y), tf.assert_less_equal(y, 3.0), tf.assert_near(y, 2.0, atol=1.0), tf.assert_none_equal(y, 0.0)]
    wanted += [tf.assert_greater_equal(y, 0.5), tf.assert_non_negative(y), tf.assert_non_positive(-y), tf.assert_negative(-y)]
    with tf.control_dependencies(wanted):
        z = tf.identity(y)
    with tf.compat.v1.Session() as session:
        print(session.run(z, {y: [1.0, 2.0]}))
        for fed in ([-1.0], [4.0], [0.0]):
            try:
                session.run(z, {y: fed})
            except tf.errors.InvalidArgumentError as error:
                print(type(error).__name__)
