import os
import tempfile

import tensorflow as tf

folder = tempfile.mkdtemp()
writer = tf.summary.create_file_writer(folder)


@tf.function
def step(x, count):
    with writer.as_default():
        tf.summary.scalar("loss", x, step=count)


for count in tf.range(3, dtype=tf.int64):
    step(tf.constant(1.0), count)
writer.flush()

records = tf.data.TFRecordDataset([os.path.join(folder, name) for name in os.listdir(folder)])
print([tf.compat.v1.Event.FromString(record.numpy()).step for record in records][1:])
