"""Names that are imported one by one."""

import tensorflow as tf
from tensorflow import gfile, lin_space
from tensorflow import ceil, float32, log as ln, to_float, to_int32
from tensorflow import (
    diag,
    matrix_inverse as inverse,
)
from tensorflow.spectral import dct
from tensorflow.contrib.framework import nest
from tensorflow.contrib.framework import sort, is_tensor

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

print(ln([1.0]).numpy(), ceil([1.5]).numpy(), to_float(1).dtype, to_int32(to_float([2.7]), name="n").numpy(), float32.name)
print(lin_space(0.0, 1.0, 3).numpy(), diag([1, 2]).numpy().tolist(), inverse([[2.0]]).numpy(), dct([1.0, 2.0]).numpy().round(4))
with gfile.Open("x.txt", "w") as stream:
    stream.write("one")
print(gfile.Exists("x.txt"), gfile.Exists(filename="y.txt"), sort([2, 1]).numpy(), is_tensor(1), nest.flatten({"a": [1]}))


def local(x):
    from tensorflow import to_int64, rsqrt

    return to_int64(x).dtype, rsqrt(x).numpy(), list(map(ln, [[4.0]]))[0].numpy().round(4)


print(local([4.0]))
