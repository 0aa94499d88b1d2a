import tensorflow as tf


class CountSteps(tf.train.SessionRunHook):  # expect: 18 tf-monitored-session
    steps = 0

    def after_run(self, run_context, run_values):
        self.steps += 1

    def end(self, session):
        print("steps:", self.steps)


weight = tf.Variable(8.0)
halve = weight.assign(weight / 2.0)

with tf.train.MonitoredTrainingSession(hooks=[CountSteps()]) as sess:  # expect: 6 tf-monitored-session
    for _ in range(3):
        value = sess.run(halve)  # expect: 17 tf-session-run
print("weight:", value)
