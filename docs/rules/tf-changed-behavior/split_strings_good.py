import tensorflow as tf

words = tf.strings.split(["a b", "c"]).to_sparse()
print(tf.sparse.to_dense(words, default_value="").numpy().tolist())
