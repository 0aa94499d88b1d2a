import os
import tempfile

import tensorflow as tf

folder = tempfile.mkdtemp()
writer = tf.summary.create_file_writer(folder)
count = 0


@tf.function
def step(x):
    with writer.as_default():
        tf.summary.scalar("loss", x, step=count)  # expect: 43 tf-summary-step


for count in range(3):
    step(tf.constant(1.0))
writer.flush()

records = tf.data.TFRecordDataset([os.path.join(folder, name) for name in os.listdir(folder)])
print([tf.compat.v1.Event.FromString(record.numpy()).step for record in records][1:])
