"""What an expression is while a function is traced: a symbolic tensor, a variable, a Python value, or not known."""

from __future__ import annotations

import dataclasses
import enum
import types
from collections.abc import Iterable

from tf2lint.tracing.scopes import Function

Shape = tuple[int | None, ...]
"""The sizes of a tensor's dimensions; None for one that differs from call to call."""


class Kind(enum.Enum):
    """What matters to tracing about a value."""

    TENSOR = "symbolic tensor"
    EAGER = "tensor that exists before the trace"
    VARIABLE = "variable"
    NEST = "tensor or structure of tensors"
    DATASET = "dataset"
    ITERATOR = "iterator of a dataset"
    TENSOR_ARRAY = "TensorArray"
    COMPOSITE = "ragged or sparse tensor"
    SHAPE = "static shape"
    KERAS = "Keras object"
    PYTHON = "Python value"
    UNKNOWN = "not known"


class Origin(enum.Enum):
    """Where an object was made: in the trace, by the caller of what is traced, or before."""

    FRESH = "fresh"
    ARGUMENT = "argument"
    OUTER = "outer"
    UNKNOWN = "not known"


@dataclasses.dataclass(frozen=True, slots=True)
class Abstract:
    """What is known of a value.

    `type` names the type of a Python value ("int", "list", "ndarray", …), "" where it is not known; `dtype` is that of
    a tensor, variable or array, "" likewise; `shape` None likewise, () that of a scalar. `items` are the elements of a
    list or tuple, the values of a dict (under `keys`), the sizes of a static shape, the one element of a dataset.
    `value` is that of a constant, `...` where there is none. `target` is the function that a function is, `captured`
    what it sees of the variables around it. `unbound` says that the name may be without a value, `optional` that it
    may be None instead.
    """

    kind: Kind
    type: str = ""
    dtype: str = ""
    shape: Shape | None = None
    items: tuple[Abstract, ...] | None = None
    keys: tuple[object, ...] | None = None
    value: object = ...
    origin: Origin = Origin.UNKNOWN
    target: Function | None = None
    captured: tuple[tuple[str, Abstract], ...] = ()
    unbound: bool = False
    optional: bool = False

    @property
    def is_tensor(self) -> bool:
        """Whether it is a tensor, of the trace or from before."""
        return self.kind in (Kind.TENSOR, Kind.EAGER)

    @property
    def is_symbolic(self) -> bool:
        """Whether it has no value while the function is traced: a tensor of the graph, or a variable."""
        return self.kind in (Kind.TENSOR, Kind.VARIABLE)

    @property
    def may_be_tensor(self) -> bool:
        """Whether nothing rules out that it is a tensor."""
        return self.kind in (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE, Kind.NEST, Kind.UNKNOWN)

    @property
    def is_python(self) -> bool:
        """Whether it surely is a Python value."""
        return self.kind is Kind.PYTHON

    @property
    def is_none(self) -> bool:
        """Whether it surely is None."""
        return self.type == "NoneType"

    @property
    def truth(self) -> bool | None:
        """Its truth in Python, where that is known."""
        if self.kind is not Kind.PYTHON:
            return None
        if self.value is not ...:
            return bool(self.value)
        return False if self.is_none else True if self.type in ("function", "class", "module") else None

    @property
    def rank(self) -> int | None:
        """The number of dimensions."""
        return len(self.shape) if self.shape is not None else None


UNKNOWN = Abstract(Kind.UNKNOWN)
NONE = Abstract(Kind.PYTHON, "NoneType", value=None, origin=Origin.OUTER)
NEST = Abstract(Kind.NEST)
OPEN_SIZE = Abstract(Kind.PYTHON, "NoneType", dtype="int32", value=None, origin=Origin.FRESH)
"""The size of a dimension that surely differs from call to call: a None, told from others by its dtype."""
TRUTH = Abstract(Kind.PYTHON, "bool")

NUMBERS = frozenset(("int", "float", "bool", "complex"))
_CONSTANTS = (int, float, complex, str, bytes, types.NoneType)
_DEEP = 3


def tensor(dtype: str = "", shape: Shape | None = None) -> Abstract:
    """A symbolic tensor."""
    return Abstract(Kind.TENSOR, dtype=dtype, shape=shape, origin=Origin.FRESH)


def python(type_: str = "", origin: Origin = Origin.UNKNOWN) -> Abstract:
    """A Python value of some type."""
    return Abstract(Kind.PYTHON, type_, origin=origin)


def constant(value: object) -> Abstract:
    """A constant of Python."""
    if value is None:
        return NONE
    known = value if isinstance(value, _CONSTANTS) else ...
    return Abstract(Kind.PYTHON, type(value).__name__, value=known, origin=Origin.OUTER)


def container(type_: str, items: Iterable[Abstract] | None, origin: Origin = Origin.FRESH) -> Abstract:
    """A list, tuple, set or dict with these elements, None where they are not known."""
    known = tuple(items) if items is not None else None
    return Abstract(Kind.PYTHON, type_, items=flat(known), origin=origin)


def flat(items: tuple[Abstract, ...] | None, depth: int = _DEEP) -> tuple[Abstract, ...] | None:
    """Items without what is nested too deeply to be of use."""
    if items is None or len(items) > _WIDE:
        return None
    if depth == 0:
        return None
    return tuple(
        item if item.items is None else dataclasses.replace(item, items=flat(item.items, depth - 1)) for item in items
    )


_WIDE = 32


def element(items: tuple[Abstract, ...] | None) -> Abstract:
    """Any of some items."""
    if not items:
        return UNKNOWN
    out = items[0]
    for item in items[1:]:
        out = join(out, item)
    return out


def join(one: Abstract, other: Abstract) -> Abstract:
    """What is known of a value that is one of two."""
    if one == other:
        return one
    unbound = one.unbound or other.unbound
    optional = one.optional or other.optional
    origin = one.origin if one.origin is other.origin else Origin.UNKNOWN
    kinds = {one.kind, other.kind}
    if len(kinds) == 2:
        kind = Kind.TENSOR if kinds == {Kind.TENSOR, Kind.EAGER} else Kind.UNKNOWN
        if kinds == {Kind.NEST, Kind.TENSOR}:
            kind = Kind.NEST
        same = one.dtype if one.dtype == other.dtype else ""
        return Abstract(kind, dtype=same, origin=origin, unbound=unbound, optional=optional)
    return Abstract(
        one.kind,
        one.type if one.type == other.type else "",
        one.dtype if one.dtype == other.dtype else "",
        join_shapes(one.shape, other.shape),
        _join_items(one, other),
        one.keys if one.keys == other.keys else None,
        one.value if one.type == other.type and one.value == other.value else ...,
        origin,
        one.target if one.target is other.target else None,
        one.captured if one.target is other.target and one.captured == other.captured else (),
        unbound,
        optional,
    )


def _join_items(one: Abstract, other: Abstract) -> tuple[Abstract, ...] | None:
    if one.items is None or other.items is None or len(one.items) != len(other.items) or one.keys != other.keys:
        return None
    return tuple(join(a, b) for a, b in zip(one.items, other.items, strict=True))


def join_shapes(one: Shape | None, other: Shape | None) -> Shape | None:
    """The shape of a tensor that has one of two shapes."""
    if one is None or other is None or len(one) != len(other):
        return None
    return tuple(a if a == b else None for a, b in zip(one, other, strict=True))


def broadcast(one: Shape | None, other: Shape | None) -> Shape | None:
    """The shape of what an elementwise operation on two tensors gives."""
    if one is None or other is None:
        return None
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    padded = (*(1,) * (len(longer) - len(shorter)), *shorter)
    return tuple(a if b == 1 or a == b else b if a == 1 else None for a, b in zip(longer, padded, strict=True))


def as_argument(value: Abstract) -> Abstract:
    """What a value is inside of a tf.function that it is given to: tensors and arrays become symbolic tensors."""
    if value.kind is Kind.EAGER or value.type == "ndarray":
        # What is given has sizes, known here or not: only a signature leaves them open.
        sized = value.shape is None or None not in value.shape
        origin = Origin.ARGUMENT if sized else Origin.UNKNOWN
        return Abstract(Kind.TENSOR, dtype=value.dtype, shape=value.shape, origin=origin)
    items = tuple(as_argument(item) for item in value.items) if value.items is not None else None
    return dataclasses.replace(value, items=items, origin=Origin.ARGUMENT, target=value.target)


def as_tensor(value: Abstract) -> Abstract:
    """What `tf.convert_to_tensor` makes of a value."""
    if value.is_tensor:
        return dataclasses.replace(value, kind=Kind.TENSOR)
    if value.kind is Kind.VARIABLE or value.type == "ndarray":
        return tensor(value.dtype, value.shape)
    if value.is_python and value.type in _DTYPES:
        return tensor(_DTYPES[value.type], ())
    if value.type in ("list", "tuple") and value.items:
        inner = as_tensor(element(value.items))
        shape = (len(value.items), *inner.shape) if inner.shape is not None else None
        return tensor(inner.dtype, shape)
    return tensor()


_DTYPES = {"int": "int32", "float": "float32", "bool": "bool", "complex": "complex128", "str": "string"}
