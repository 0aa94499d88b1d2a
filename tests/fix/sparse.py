"""tf.sparse_*."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.SparseTensor([[0, 1], [1, 0]], [3.0, 4.0], [2, 2])
print(tf.sparse_tensor_to_dense(x).numpy().tolist(), tf.sparse_tensor_dense_matmul(x, [[1.0], [2.0]]).numpy().tolist())
print(tf.sparse_reorder(x).indices.numpy().tolist(), tf.sparse_reshape(x, [4]).indices.numpy().tolist())
print(tf.sparse_retain(x, [True, False]).values.numpy(), tf.sparse_transpose(x).values.numpy())
print(tf.sparse_softmax(x).values.numpy(), tf.sparse_maximum(x, x).values.numpy(), tf.sparse_slice(x, [0, 0], [1, 2]).values.numpy())
