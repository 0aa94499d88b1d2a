import tensorflow as tf


def drop_label(batch):
    return batch.pop("label")  # expect: 12 tf-argument-mutation


@tf.function
def loss(batch):
    label = drop_label(batch)
    return tf.add_n(list(batch.values())) - label


print(float(loss({"x": tf.constant(2.0), "label": tf.constant(1.0)})))
