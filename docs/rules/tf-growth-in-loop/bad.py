import tensorflow as tf


@tf.function
def squares(values):
    rows = []
    for value in values:
        rows.append(value * value)  # expect: 9 tf-growth-in-loop
    return tf.stack(rows)


print(squares(tf.constant([1.0, 2.0])).numpy().tolist())
