import tensorflow as tf


@tf.function
def with_total(batch):
    batch = dict(batch)
    batch["total"] = batch["price"] * batch["count"]
    return batch


print(sorted(with_total({"price": tf.constant(2.0), "count": tf.constant(3.0)})))
