"""TensorFlow under another name, and its submodules under names of their own."""

import tensorflow as T

T.enable_eager_execution()
losses = T.losses
nn = T.nn
math = T

x = T.constant([[1.0, 2.0], [3.0, 4.0]])
print(math.log(x).numpy().round(3).tolist(), math.pow(x, 2).numpy().tolist())
print(T.diag([1.0, 2.0]).numpy().tolist(), T.matrix_band_part(x, 0, -1).numpy().tolist())
print(nn.softmax(x, dim=0).numpy().round(3).tolist(), nn.l2_normalize(x, dim=1).numpy().round(3).tolist())
print("%.3f" % losses.mean_squared_error(x, x + 1.0).numpy())
print(T.cross([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]).numpy().tolist(), T.invert_permutation([2, 0, 1]).numpy().tolist())
