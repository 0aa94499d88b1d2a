"""Names imported from tensorflow one by one."""

from tensorflow import enable_eager_execution, float32
from tensorflow import log, reduce_sum, to_float
from tensorflow import convert_to_tensor as tensor
from tensorflow import matrix_inverse, segment_sum as by_segment
from tensorflow.gfile import Exists

enable_eager_execution()


def entropy(counts):
    p = to_float(counts) / reduce_sum(to_float(counts), keep_dims=True)
    return -reduce_sum(p * log(p))


print("%.4f" % entropy(tensor([1, 1, 2])).numpy())
print(matrix_inverse(tensor([[2.0, 0.0], [0.0, 4.0]])).numpy().tolist())
print(by_segment(tensor([1, 2, 3]), tensor([0, 0, 1])).numpy().tolist(), Exists("nowhere"))
print(float32.name)
