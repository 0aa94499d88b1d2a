"""What TensorFlow's and NumPy's functions give, as far as tracing has to know it: kinds, dtypes, shapes.

Read off TensorFlow 2.21; what is not known is left open.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from tf2lint.inference import returns
from tf2lint.inference.returns import is_dataset, legacy
from tf2lint.inference.values import TfInstance, TfName, TfResult, Value
from tf2lint.tracing import keras_results, kinds
from tf2lint.tracing.abstract import (
    NEST,
    NONE,
    OPEN_SIZE,
    UNKNOWN,
    Abstract,
    Kind,
    Origin,
    Shape,
    as_tensor,
    broadcast,
    constant,
    container,
    element,
    python,
    tensor,
)

_COMPARE = frozenset("equal not_equal greater less greater_equal less_equal logical_and logical_or logical_xor".split())
_LIKE = frozenset(
    "abs square sqrt exp log sin cos tanh sigmoid negative sign round floor ceil identity stop_gradient zeros_like "
    "ones_like sigmoid rsqrt erf relu softmax tanh elu selu gelu softplus clip_by_value log_softmax relu6 "
    "logical_not reverse sort cumsum invert reciprocal leaky_relu swish silu".split()
)
_BINARY = frozenset("add subtract multiply divide maximum minimum pow floordiv floormod mod truediv".split())
_REDUCE = frozenset("sum mean max min prod std variance logsumexp euclidean_norm any all".split())
_SAME_ELEMENTS = frozenset("shuffle repeat take skip prefetch cache filter shard with_options take_while".split())
_MAKES_VALUES = frozenset("constant convert_to_tensor".split())
_RANDOM = frozenset("normal uniform truncated_normal stateless_normal stateless_uniform gamma poisson".split())
_PREDICATES = frozenset(
    "executing_eagerly inside_function is_tensor is_symbolic_tensor has_default_strategy in_cross_replica_context "
    "is_built_with_cuda is_gpu_available is_keras_tensor exists isdir is_grad_enabled".split()
)
_TENSOR_LAYERS = frozenset(
    "Dense Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose DepthwiseConv2D SeparableConv2D Dropout "
    "BatchNormalization LayerNormalization Embedding Flatten Activation ReLU LeakyReLU Softmax MaxPooling1D "
    "MaxPooling2D "
    "MaxPool2D AveragePooling2D GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D "
    "Reshape Permute RepeatVector Add Multiply Concatenate Average Maximum Dot ZeroPadding2D Cropping2D UpSampling2D "
    "GaussianNoise Rescaling Normalization UnitNormalization".split()
)
_SEVERAL = frozenset("split unstack meshgrid moments unique unique_with_counts top_k normalize_moments".split())
_BACKENDS = frozenset(("backend.backend", "config.backend"))


class Given:
    """The arguments of a call, in abstract."""

    def __init__(
        self,
        positional: Sequence[Abstract],
        keywords: Mapping[str, Abstract],
        *,
        open_: bool = False,
        eager: bool = False,
    ) -> None:
        self.positional = list(positional)
        self.keywords = dict(keywords)
        self.open = open_
        self.eager = eager

    def get(self, place: int, *names: str) -> Abstract | None:
        """The argument at a position or under a name; None where there is none."""
        for name in names:
            if name in self.keywords:
                return self.keywords[name]
        return self.positional[place] if 0 <= place < len(self.positional) else None

    def all(self) -> list[Abstract]:
        """All arguments."""
        return [*self.positional, *self.keywords.values()]


def dtype_of(value: Abstract | None) -> str:
    """The data type that an argument names: `tf.int32`, `"int32"`, `np.int32`, `int`, `x.dtype`."""
    if value is None:
        return ""
    if isinstance(value.value, str):
        return value.value
    return value.dtype if value.type in ("dtype", "class") else ""


def shape_of(value: Abstract | None) -> Shape | None:
    """The shape that an argument spells: `[2, None]`, `()`, `3`, a static shape."""
    if value is None:
        return None
    if value.kind is Kind.SHAPE:
        return value.shape
    if value.is_python and isinstance(value.value, int):
        return (value.value,)
    if value.type in ("list", "tuple") and value.items is not None:
        return tuple(item.value if isinstance(item.value, int) and item.value >= 0 else None for item in value.items)
    return None


def of_values(values: Sequence[Value], *, eager: bool) -> Abstract:
    """What values of the evaluator are, to code that sees them from outside of the trace where `eager`."""
    out: Abstract | None = None
    for value in values:
        seen = _of_value(value, eager=eager)
        out = seen if out is None else _either(out, seen)
    return out or UNKNOWN


def _either(one: Abstract, other: Abstract) -> Abstract:
    return one if one.kind is other.kind and one.type == other.type else UNKNOWN


def _of_value(value: Value, *, eager: bool) -> Abstract:
    origin = Origin.OUTER if eager else Origin.FRESH
    if isinstance(value, TfInstance):
        return of_class(value.cls, eager=eager)
    if isinstance(value, TfResult):
        if returns.class_of(value.of, value.worlds) == "tf.Tensor":
            return Abstract(Kind.EAGER if eager else Kind.TENSOR, origin=origin)
        return UNKNOWN
    if isinstance(value, TfName):
        name = legacy(value.name)[1]
        if name in DTYPES:
            return Abstract(Kind.PYTHON, "dtype", dtype=name.rpartition(".")[2], origin=Origin.OUTER)
        return python("class" if name.rpartition(".")[2][:1].isupper() else "function", Origin.OUTER)
    return UNKNOWN


DTYPES = frozenset(
    "float16 float32 float64 bfloat16 double half int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool string "
    "complex64 complex128 variant resource".split()
)
_SPECS = {"TensorSpec": Kind.TENSOR, "RaggedTensorSpec": Kind.COMPOSITE, "SparseTensorSpec": Kind.COMPOSITE}


def of_class(cls: str, *, eager: bool) -> Abstract:
    """An instance of a class of TensorFlow, by canonical name."""
    name = legacy(cls)[1]
    origin = Origin.OUTER if eager else Origin.FRESH
    last = name.rpartition(".")[2]
    if name in ("Tensor", "keras.KerasTensor"):
        return Abstract(Kind.EAGER if eager else Kind.TENSOR, origin=origin)
    if last == "Variable":
        return Abstract(Kind.VARIABLE, origin=origin)
    if is_dataset(cls):
        return Abstract(Kind.DATASET, origin=origin)
    if name in ("data.Iterator", "data.NumpyIterator"):
        return Abstract(Kind.ITERATOR, origin=origin)
    if last == "TensorArray":
        return Abstract(Kind.TENSOR_ARRAY, origin=origin)
    if last in ("RaggedTensor", "SparseTensor", "IndexedSlices"):
        return Abstract(Kind.COMPOSITE, origin=origin)
    if last == "TensorShape":
        return Abstract(Kind.SHAPE, origin=origin)
    if kinds.below_keras(cls) is not None:
        return Abstract(Kind.KERAS, last, origin=origin)
    return python(last if last in _SPECS or last == "DType" else "object", origin)


def of_function(name: str, worlds: int, given: Given) -> Abstract:
    """What calling a function or class of TensorFlow gives, by canonical name."""
    short = legacy(name)[1]
    last = short.rpartition(".")[2]
    if last in _SPECS and short.count(".") == 0:
        shape = given.get(0, "shape")
        dtype = dtype_of(given.get(1, "dtype")) or ("" if given.get(1, "dtype") else "float32")
        sure = shape is None or shape.items is None or all(item.value is not ... for item in shape.items)
        return Abstract(Kind.PYTHON, last, dtype=dtype, shape=shape_of(shape) if sure else None, origin=Origin.FRESH)
    asked = _predicate(last, given)
    if asked is not None:
        return asked
    if short == "get_static_value":
        return UNKNOWN
    if kinds.below_keras(name) in _BACKENDS:
        return constant("tensorflow")  # With another one Keras does not let TensorFlow trace.
    if last == "as_dtype":
        return Abstract(Kind.PYTHON, "dtype", dtype=dtype_of(given.get(0)))
    if last == "TensorShape":
        return static_shape(shape_of(given.get(0, "dims")))
    made = _dataset(short, given)
    if made is not None:
        return made
    if last == "Variable" and "Variable" in short:
        return _variable(given)
    found = tensor() if keras_results.gives_tensor(name) else _tensor_function(short, last, given)
    found = found or _structure(short, given)
    if found is not None:
        return found
    cls = returns.class_of(name, worlds)
    if cls == "tf.Tensor":
        return tensor()
    if cls is not None:
        return of_class(cls, eager=False)
    if last[:1].isupper():
        return of_class(name, eager=False)
    if last in _SEVERAL:
        return NEST
    return UNKNOWN


def _structure(short: str, given: Given) -> Abstract | None:
    """What functions give that give no single tensor, and of which more is known than that."""
    if short == "clip_by_global_norm":
        return container("tuple", (NEST, tensor("", ())))
    return _leaves(given.get(0, "structure")) if short == "nest.flatten" else None


def _leaves(structure: Abstract | None) -> Abstract:
    """What `tf.nest.flatten` gives, where no leaf is anything but a tensor."""
    if structure is None:
        return UNKNOWN
    if structure.is_symbolic:
        return container("list", (structure,))
    plain = structure.type in ("list", "tuple") and structure.items and all(i.is_symbolic for i in structure.items)
    return container("list", structure.items) if plain else UNKNOWN


def _variable(given: Given) -> Abstract:
    initial = given.get(0, "initial_value", "initializer")
    value = as_tensor(initial) if initial is not None else tensor()
    dtype = dtype_of(given.get(-1, "dtype")) or value.dtype
    return Abstract(Kind.VARIABLE, dtype=dtype, shape=value.shape, origin=Origin.FRESH)


def _tensor_function(short: str, last: str, given: Given) -> Abstract | None:
    first = given.get(0, "input", "x", "input_tensor", "value", "tensor", "condition")
    for known in (_made_tensor, _looked_at, _computed):
        found = known(short, last, first, given)
        if found is not None:
            return found
    return None


def _made_tensor(short: str, last: str, first: Abstract | None, given: Given) -> Abstract | None:
    if short in _MAKES_VALUES:
        value = as_tensor(first) if first is not None else tensor()
        shape = given.get(2, "shape") if short == "constant" else None
        dtype = dtype_of(given.get(1, "dtype")) or value.dtype
        return tensor(dtype, shape_of(shape) if shape is not None else value.shape)
    if short in ("zeros", "ones", "fill", "eye"):
        asked = given.get(2 if short == "eye" else 1, "dtype") if short != "fill" else None
        named = dtype_of(asked) or ("" if asked is not None or short == "fill" else "float32")
        size = None if short == "eye" else shape_of(given.get(0, "shape", "dims"))
        return tensor(named, size)
    if short.startswith("random.") and last in _RANDOM:
        return tensor("", shape_of(given.get(0, "shape")))
    if short == "range":
        dtypes = {a.type if a.is_python else a.dtype for a in given.positional}
        return tensor("int32" if dtypes <= {"int", "int32"} else "", (None,))
    if short in ("io.read_file", "strings.join", "strings.as_string", "as_string", "strings.format"):
        return tensor("string", () if short == "io.read_file" else None)
    return None


def _looked_at(short: str, last: str, first: Abstract | None, given: Given) -> Abstract | None:
    if short == "shape":
        # Where the rank is not known here it may still be known to TensorFlow, which makes `len` a Python number then.
        return tensor("int32", (first.rank,) if first is not None and first.rank is not None else None)
    if short in ("size", "rank"):
        return tensor("int32", ())
    if last in _COMPARE and short.count(".") <= 1:
        return _elementwise(first, given.get(1, "y"), "bool")
    if last.startswith("reduce_") and last[7:] in _REDUCE:
        return _reduced(last, first, given)
    if short in ("strings.length", "strings.to_number", "strings.to_hash_bucket"):
        return tensor("", first.shape if first is not None else None)
    return None


def _computed(short: str, last: str, first: Abstract | None, given: Given) -> Abstract | None:
    if short in ("cast", "dtypes.cast", "bitcast", "saturate_cast"):
        if first is None or first.kind in (Kind.UNKNOWN, Kind.COMPOSITE, Kind.NEST):
            return Abstract(Kind.TENSOR if first is None or first.kind is not Kind.COMPOSITE else Kind.COMPOSITE)
        return like(first, dtype_of(given.get(1, "dtype")))
    if short in ("identity", "ensure_shape", "debugging.check_numerics"):
        return like(first) if first is None or first.kind is not Kind.COMPOSITE else first
    if short == "add_n":
        return like(element(first.items)) if first is not None else tensor()
    plain = short.startswith(("math.", "nn.")) or "." not in short
    if last in _LIKE and short.count(".") <= 1 and plain:
        return like(first)
    if last in _BINARY and plain:
        return _elementwise(first, given.get(1, "y"), None)
    return None


def like(value: Abstract | None, dtype: str | None = None) -> Abstract:
    """A tensor of the shape of another value, of the same dtype if none is given."""
    if value is None or value.kind in (Kind.UNKNOWN, Kind.NEST, Kind.COMPOSITE):
        return tensor(dtype or "")
    made = as_tensor(value)
    # What has the shape of an argument has its open sizes as well.
    origin = Origin.ARGUMENT if value.kind is Kind.TENSOR and value.origin is Origin.ARGUMENT else Origin.FRESH
    return dataclasses.replace(tensor(made.dtype if dtype is None else dtype, made.shape), origin=origin)


def _elementwise(one: Abstract | None, other: Abstract | None, dtype: str | None) -> Abstract:
    if one is None or other is None:
        return tensor(dtype or "")
    a, b = like(one), like(other)
    known = dtype if dtype is not None else (a.dtype if one.is_tensor else b.dtype)
    return tensor(known, broadcast(a.shape, b.shape))


def _reduced(last: str, value: Abstract | None, given: Given) -> Abstract:
    made = like(value)
    dtype = "bool" if last in ("reduce_any", "reduce_all") else made.dtype
    axis = given.get(1, "axis")
    if axis is None or axis.is_none:
        kept = given.get(2, "keepdims")
        return tensor(dtype, () if kept is None else None)
    if made.shape is not None and isinstance(axis.value, int) and given.get(2, "keepdims") is None:
        index = axis.value if axis.value >= 0 else axis.value + len(made.shape)
        return tensor(dtype, made.shape[:index] + made.shape[index + 1 :])
    return tensor(dtype)


def _predicate(last: str, given: Given) -> Abstract | None:
    """What a question gives that TensorFlow answers while tracing, or by a tensor."""
    if last == "executing_eagerly":
        return constant(given.eager)
    if last == "is_tensor":
        return _is_tensor(given.get(0, "x"))
    if last in _PREDICATES or last.startswith("is_"):
        symbolic = last in ("is_nan", "is_inf", "is_finite", "is_non_decreasing", "is_strictly_increasing")
        return like(given.get(0), "bool") if symbolic and last not in ("is_non_decreasing",) else python("bool")
    return None


def _is_tensor(value: Abstract | None) -> Abstract:
    if value is None or value.optional or value.unbound:
        return python("bool")
    if value.is_symbolic or value.kind is Kind.EAGER:
        return constant(True)
    plain = value.is_python and value.type not in ("", "object", "generator", "iterator")
    return constant(False) if plain else python("bool")


def _dataset(short: str, given: Given) -> Abstract | None:
    if not short.startswith("data.Dataset."):
        return None
    last = short.rpartition(".")[2]
    item = NEST
    first = given.get(0, "tensors")
    if last == "range":
        item = tensor("int64", ())
    elif last == "from_tensor_slices" and first is not None and _is_one(first):
        whole = as_tensor(first)
        item = tensor(whole.dtype, whole.shape[1:] if whole.shape else None)
    elif last == "from_tensors" and first is not None and first.type != "list" and _is_one(first):
        item = like(first)
    return Abstract(Kind.DATASET, items=(item,), origin=Origin.FRESH)


def _is_one(value: Abstract) -> bool:
    """Whether a dataset makes one tensor of a value, not a structure."""
    if value.kind in (Kind.UNKNOWN, Kind.NEST) or (value.is_python and not value.type):
        return False
    return value.type not in ("tuple", "dict", "object")


def of_member(owner: Abstract, name: str) -> Abstract | None:
    """What calling a method of a tensor, variable, dataset or shape gives; None where this module does not know it."""
    if owner.is_tensor or owner.kind in (Kind.VARIABLE, Kind.NEST):
        return _of_tensor(owner, name)
    if owner.kind is Kind.TENSOR_ARRAY:
        if name in ("write", "unstack", "scatter", "split", "identity", "mark_used"):
            return owner
        return tensor("int32", ()) if name == "size" else tensor(owner.dtype)
    if owner.kind is Kind.DATASET:
        return _of_dataset(owner, name)
    if owner.kind is Kind.SHAPE:
        if name == "as_list":
            return container("list", owner.items) if owner.items is not None else python("list")
        is_open = OPEN_SIZE in (owner.items or ())
        if name == "is_fully_defined" and is_open:
            return constant(False)
        if name in ("is_fully_defined", "is_compatible_with"):
            return python("bool")
        if name == "num_elements":
            return OPEN_SIZE if is_open else python("int" if owner.items else "")
        return UNKNOWN
    if owner.kind is Kind.ITERATOR:
        return NEST if name in ("get_next", "next", "__next__") else UNKNOWN
    if owner.kind is Kind.COMPOSITE and name in ("to_tensor", "bounding_shape", "nrows", "row_lengths"):
        return tensor()
    return None


def _of_tensor(owner: Abstract, name: str) -> Abstract | None:
    if name == "get_shape":
        return static_shape(owner.shape, of=owner.origin)
    if name in ("set_shape", "numpy", "item", "tolist", "eval", "backward"):
        return NONE if name == "set_shape" else UNKNOWN
    if owner.kind is Kind.VARIABLE and (name.startswith("assign") or name in ("value", "read_value", "sparse_read")):
        return tensor(owner.dtype, owner.shape)
    if name in ("assign", "assign_add", "assign_sub"):
        return tensor()
    return UNKNOWN


def _of_dataset(owner: Abstract, name: str) -> Abstract:
    if name in _SAME_ELEMENTS:
        return owner
    if name in ("batch", "padded_batch") and owner.items and owner.items[0].kind is Kind.TENSOR:
        item = owner.items[0]
        shape = (None, *item.shape) if item.shape is not None and name == "batch" else None
        return Abstract(Kind.DATASET, items=(tensor(item.dtype, shape),), origin=owner.origin)
    if name == "as_numpy_iterator":
        return python("iterator")
    if name == "cardinality":
        return tensor("int64", ())
    if name == "enumerate":
        pair = container("tuple", (tensor("int64", ()), element(owner.items) if owner.items else NEST))
        return Abstract(Kind.DATASET, items=(pair,), origin=owner.origin)
    if name == "reduce":
        return NEST
    return Abstract(Kind.DATASET, origin=owner.origin)


def static_shape(shape: Shape | None, *, of: Origin = Origin.UNKNOWN) -> Abstract:
    """The static shape of a tensor of a shape; the sizes that an argument leaves open are None."""
    items = None
    if shape is not None:
        missing = OPEN_SIZE if of is Origin.ARGUMENT else python("")
        items = tuple(missing if n is None else Abstract(Kind.PYTHON, "int", value=n) for n in shape)
    return Abstract(Kind.SHAPE, shape=shape, items=items, origin=Origin.FRESH)


def of_keras(owner: Abstract, given: Given) -> Abstract:
    """What calling a Keras object gives."""
    return tensor() if owner.type in _TENSOR_LAYERS and given.all() else NEST


def of_numpy(name: str, given: Given) -> Abstract:
    """What a function of NumPy gives, by its dotted name; of symbolic tensors it may give anything."""
    last = name.rpartition(".")[2]
    if last in DTYPES or last in ("float_", "int_", "bool_", "intp"):
        return Abstract(Kind.PYTHON, "class", dtype=last.rstrip("_"), origin=Origin.OUTER)
    if any(value.kind in (Kind.TENSOR, Kind.VARIABLE, Kind.NEST, Kind.UNKNOWN) for value in given.all()):
        return UNKNOWN
    shape = None
    dtype = ""
    first = given.get(0)
    if last in ("array", "asarray") and first is not None:
        made = as_tensor(first)
        shape, dtype = made.shape, dtype_of(given.get(1, "dtype"))
        dtype = dtype or {"int32": "int64", "float32": "float64"}.get(made.dtype, made.dtype)
    elif last in ("zeros", "ones", "empty", "full"):
        shape = shape_of(first)
        named = given.get(2 if last == "full" else 1, "dtype")
        dtype = dtype_of(named) or ("" if named is not None or last == "full" else "float64")
    elif last == "arange":
        shape = (None,)
    return Abstract(Kind.PYTHON, "ndarray", dtype=dtype, shape=shape, origin=Origin.FRESH)


def specified(spec: Abstract) -> Abstract:
    """What an argument is by its part of an input signature: a `TensorSpec`, or a structure of such."""
    if spec.type in _SPECS:
        return Abstract(_SPECS[spec.type], dtype=spec.dtype, shape=spec.shape, origin=Origin.ARGUMENT)
    if spec.type in ("list", "tuple", "dict") and spec.items is not None:
        items = tuple(specified(item) for item in spec.items)
        return Abstract(Kind.PYTHON, spec.type, items=items, keys=spec.keys, origin=Origin.ARGUMENT)
    return UNKNOWN


def traced_for(value: Abstract) -> Abstract:
    """What an argument of a call stands for: `get_concrete_function` is given specs for the tensors to come."""
    return specified(value) if value.type in _SPECS else value
