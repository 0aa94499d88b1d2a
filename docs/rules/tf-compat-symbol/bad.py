import tensorflow as tf

with tf.compat.v1.gfile.GFile("notes.txt", "w") as notes:  # expect: 6 tf-compat-symbol
    notes.write("3.0")

print(tf.compat.v1.gfile.Exists("notes.txt"))  # expect: 7 tf-compat-symbol
print(tf.compat.v1.gfile.Glob("*.txt"))  # expect: 7 tf-compat-symbol
