import tensorflow as tf

with open("numbers.txt", "w") as stream:
    stream.write("1\n2\n3\n4\n")

dataset = tf.data.TextLineDataset(["numbers.txt"])
dataset = dataset.map(tf.strings.to_number).batch(2)

for batch in dataset:
    print(batch.numpy())
