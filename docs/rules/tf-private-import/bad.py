from tensorflow.python.framework import ops  # expect: 41 tf-private-import
from tensorflow.python.util import nest  # expect: 36 tf-private-import

batch = {"x": [1, 2], "y": 3}
print(nest.flatten(batch), ops.convert_to_tensor(nest.flatten(batch)).shape)
