import tensorflow as tf

writer = tf.summary.create_file_writer("logs")

with writer.as_default():
    for step in range(3):
        tf.summary.scalar("loss", 0.5, step=step)
writer.close()
print(len(tf.io.gfile.glob("logs/*.tfevents.*")), "event file")
