import tensorflow as tf

writer = tf.summary.FileWriter("logs")  # expect: 10 tf-legacy-summary
tf.summary.scalar("loss", tf.constant(0.5))  # expect: 1 tf-changed-behavior
merged = tf.summary.merge_all()  # expect: 10 tf-legacy-summary

with tf.Session() as sess:  # expect: 6 tf-session
    for step in range(3):
        writer.add_summary(sess.run(merged), step)  # expect: 28 tf-session-run
writer.close()
print(len(tf.io.gfile.glob("logs/*.tfevents.*")), "event file")
