"""Arguments that were renamed or moved, by keyword and by position."""

import tensorflow as tf

tf.enable_eager_execution()

x = tf.constant([[1.0, 5.0, 3.0], [4.0, 2.0, 6.0]])
labels = tf.constant([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
print(tf.argmax(x, dimension=1).numpy().tolist(), tf.argmin(x, 0).numpy().tolist())
print(tf.expand_dims(x, dim=0).shape.as_list(), tf.count_nonzero(x, reduction_indices=[1]).numpy().tolist())
print(tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=x, dim=-1).numpy().round(3).tolist())
print(tf.nn.log_softmax(x, dim=1).numpy().round(2).tolist())
print(tf.boolean_mask(x, [True, False, True], "mask", 1).numpy().tolist())
print(tf.pad(x, [[0, 0], [1, 0]], "CONSTANT", "padded", 9.0).numpy().tolist())
print(tf.reverse_sequence(x, [2, 3], seq_dim=1, batch_dim=0).numpy().tolist())
print(tf.nn.moments(x, [1], keep_dims=True)[0].numpy().tolist())
print(tf.norm(x, "euclidean", 1, True).numpy().round(2).tolist(), tf.cumsum(x, 1, True).numpy().tolist())
print(tf.sparse_tensor_to_dense(tf.SparseTensor([[0, 1]], [5.0], [1, 3])).numpy().tolist())
print(tf.nn.dropout(x, 1.0).numpy().tolist())
