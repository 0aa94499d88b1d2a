import tensorflow as tf

counter = tf.Variable(0)
step = counter.assign_add(1)

sess = tf.Session()  # expect: 8 tf-session
sess.run(counter.initializer)  # expect: 1 tf-session-run
for _ in range(3):
    sess.run(step)  # expect: 5 tf-session-run
print(sess.run(counter))  # expect: 7 tf-session-run
