import tensorflow as tf


@tf.function
def squares(values):
    rows = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
    for value in values:
        rows = rows.write(rows.size(), value * value)
    return rows.stack()


print(squares(tf.constant([1.0, 2.0])).numpy().tolist())
