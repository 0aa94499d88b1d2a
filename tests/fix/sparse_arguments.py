"""tf.sparse_* with arguments that moved or have another name."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.SparseTensor([[0, 1], [1, 0]], [3.0, 4.0], [2, 2])
y = tf.SparseTensor([[0, 1]], [0.25], [2, 2])


def show(sparse):
    print(sparse.indices.numpy().tolist(), sparse.values.numpy().tolist(), sparse.dense_shape.numpy().tolist())


show(tf.sparse_add(x, y))
show(tf.sparse_add(a=x, b=y, thresh=0.5))
show(tf.sparse_add(x, y, threshold=0.5))
print(tf.sparse_add(x, tf.ones([2, 2])).numpy().tolist())
show(tf.sparse_concat(1, [x, y]))
show(tf.sparse_concat(axis=0, sp_inputs=[x, y], name="n"))
wide = tf.SparseTensor([[0, 2]], [7.0], [1, 3])
show(tf.sparse_concat(0, [x, wide], expand_nonconcat_dim=True))
for part in tf.sparse_split(sp_input=x, num_split=2, axis=1):
    show(part)
for part in tf.sparse_split(sp_input=x, num_split=2, axis=0, name="n"):
    show(part)
print(tf.sparse_reduce_sum(x).numpy(), tf.sparse_reduce_sum(x, 1, True).numpy(), tf.sparse_reduce_sum(sp_input=x, axis=0, keepdims=True).numpy())
print(tf.sparse_reduce_sum(x, reduction_axes=1, keep_dims=True).numpy(), tf.sparse_reduce_max(x).numpy(), tf.sparse_reduce_max(x, 1, True).numpy())
print(tf.sparse_reduce_max(sp_input=x, axis=0, keepdims=True).numpy(), tf.sparse_reduce_max(x, reduction_axes=0, keep_dims=False).numpy())
z = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])
print(tf.sparse_segment_sum(z, [0, 2], [0, 0]).numpy(), tf.sparse_segment_mean(z, [0, 2], [0, 0]).numpy(), tf.sparse_segment_sqrt_n(z, [0, 2], [0, 0]).numpy().round(4))
print(tf.sparse_segment_sum(data=z, indices=[0, 2], segment_ids=[0, 2], name="n", num_segments=4).numpy().tolist())
print(tf.sparse_segment_mean(z, indices=[0, 2], segment_ids=[0, 2], name="n", num_segments=4).numpy().tolist())
print(tf.sparse_segment_sqrt_n(z, indices=[0, 2], segment_ids=[0, 2], name="n", num_segments=4).numpy().tolist())
print(len(tf.serialize_sparse(x).numpy()), tf.serialize_sparse(sp_input=x, name="n", out_type=tf.variant).shape)
print(tf.serialize_many_sparse(x).shape, tf.serialize_many_sparse(sp_input=x, name="n", out_type=tf.string).shape)
