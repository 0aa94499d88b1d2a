import tensorflow as tf

iterator = iter(tf.data.Dataset.range(1))


@tf.function
def advance():
    element = iterator.get_next_as_optional()
    if element.has_value():
        return element.get_value()
    return tf.constant(-1, tf.int64)


print(int(advance()))
print(int(advance()))
