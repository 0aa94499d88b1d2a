"""tf.compat.v1, of which a module uses only what TensorFlow itself has: tensors."""

import tensorflow.compat.v1 as tf  # as it was converted once

if not tf.executing_eagerly():
    import tensorflow

    tensorflow.compat.v1.enable_eager_execution()

x = tf.constant([[1.0, 9.0], [3.0, 5.0]], dtype=tf.float32, name="x")
print(tf.argmax(x, 1).numpy(), tf.argmin(input=x, axis=0, output_type=tf.int32, name="n").numpy(), tf.argmax(x, dimension=0).numpy())
print(tf.assert_equal(x, x), tf.assert_greater(x, 0.0, message="m", name="n"), tf.assert_less(x=x, y=10.0, summarize=2), tf.assert_rank(x, 2, message="m", name="n"))
print(tf.boolean_mask(x, [True, False]).numpy(), tf.boolean_mask(tensor=x, mask=[True, False], axis=1, name="n").numpy())
print(tf.convert_to_tensor(x).shape, tf.convert_to_tensor(value=1, dtype=tf.int64, name="n", preferred_dtype=tf.int32).dtype, tf.convert_to_tensor(1, dtype_hint=tf.float64).dtype)
print(tf.expand_dims(x, 0).shape, tf.expand_dims(input=x, dim=1, name="n").shape, tf.squeeze(tf.expand_dims(x, 0), [0], "n").shape, tf.squeeze(x[None], squeeze_dims=[0]).shape)
print(tf.foldl(lambda a, b: a + b, x, tf.zeros([2])).numpy(), tf.foldr(fn=lambda a, b: a - b, elems=x, parallel_iterations=1, name="n", swap_memory=False).numpy())
print(tf.gather(x, [1]).numpy(), tf.gather(params=x, indices=[1], axis=1, name="n").numpy(), tf.gather(x, [[1], [0]], batch_dims=1).numpy(), tf.gather_nd(x, [[1, 0]], name="n").numpy(), tf.gather_nd(params=x, indices=[[1], [0]], batch_dims=1).numpy())
print(tf.map_fn(lambda a: a * 2, x).numpy(), tf.map_fn(fn=lambda a: tf.size(a), elems=x, dtype=tf.int32, parallel_iterations=2, swap_memory=True, infer_shape=True, name="n").numpy())
print(tf.scan(lambda a, b: a + b, x).numpy(), tf.scan(lambda a, b: a - b, x, tf.zeros([2]), reverse=True, parallel_iterations=1, infer_shape=True, swap_memory=False, name="n").numpy())
print(tf.norm(x).numpy(), tf.norm(tensor=x, ord=1, axis=0, keep_dims=True, name="n").numpy(), tf.norm(x, 2, 1, True).numpy())
print(tf.ones_like(x).numpy(), tf.zeros_like(tensor=x, dtype=tf.int32, name="n").numpy(), tf.zeros_like(x, tf.int32).numpy(), tf.ones_like(tensor=x, name="n").dtype)
print(tf.pad(x, [[0, 1], [0, 0]]).numpy(), tf.pad(tensor=x, paddings=[[1, 1], [0, 0]], mode="SYMMETRIC", name="n").numpy(), tf.pad(x, [[1, 0], [0, 0]], constant_values=3.0).numpy())
print(tf.reverse_sequence(x, [1, 2], 1, 0).numpy(), tf.reverse_sequence(input=x, seq_lengths=[2, 1], seq_dim=1, batch_dim=0, name="n").numpy(), tf.reverse_sequence(x, [2, 1], seq_axis=1, batch_axis=0).numpy())
print(tf.scalar_mul(2.0, x).numpy(), tf.scalar_mul(scalar=2.0, x=x, name="n").numpy(), tf.shape(x).numpy(), tf.shape(input=x, out_type=tf.int64, name="n").dtype, tf.size(x).numpy(), tf.size(input=x, out_type=tf.int64, name="n").dtype)
print(tf.transpose(x).numpy(), tf.transpose(a=x, perm=[1, 0], name="n", conjugate=False).numpy(), [one.numpy() for one in tf.tuple([x])], [one.numpy() for one in tf.tuple(tensors=[x], name="n")])
print(tf.where(x > 3.0).numpy(), tf.where(condition=x > 3.0, name="n").numpy())
