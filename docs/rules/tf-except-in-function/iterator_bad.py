import tensorflow as tf

iterator = iter(tf.data.Dataset.range(1))


@tf.function
def advance():
    try:
        return next(iterator)
    except (StopIteration, tf.errors.OutOfRangeError):  # expect: 12 tf-except-in-function
        return tf.constant(-1, tf.int64)


print(int(advance()))
print(int(advance()))
