import tensorflow as tf

dataset = tf.data.Dataset.range(4).batch(2)

for batch in dataset:
    print(batch.numpy())
print("end")
