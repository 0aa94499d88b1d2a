"""Functions that moved to tf.linalg."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([[4.0, 1.0], [1.0, 3.0]])
print(tf.matrix_inverse(x).numpy().round(4).tolist(), tf.matrix_determinant(x).numpy().round(4), tf.trace(x).numpy())
print(tf.cholesky(x).numpy().round(4).tolist(), tf.self_adjoint_eigvals(x).numpy().round(4).tolist())
print(tf.diag([1.0, 2.0]).numpy().tolist(), tf.diag_part(x).numpy().tolist(), tf.matrix_diag_part(x).numpy().tolist())
print(tf.matrix_transpose(x).numpy().tolist(), tf.matrix_band_part(x, 0, 0).numpy().tolist())
print(tf.matrix_solve(x, [[1.0], [2.0]]).numpy().round(4).tolist(), tf.global_norm([x]).numpy().round(4))
print(tf.cross([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]).numpy().tolist(), tf.svd(x, compute_uv=False).numpy().round(4).tolist())
print(tf.matrix_set_diag(x, [0.0, 0.0]).numpy().tolist(), tf.matrix_diag([1.0, 2.0]).numpy().tolist())
