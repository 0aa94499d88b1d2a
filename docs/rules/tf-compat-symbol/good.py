import tensorflow as tf

with tf.io.gfile.GFile("notes.txt", "w") as notes:
    notes.write("3.0")

print(tf.io.gfile.exists("notes.txt"))
print(tf.io.gfile.glob("*.txt"))
