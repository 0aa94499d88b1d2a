"""What expressions are, in abstract: operators, displays, subscripts, comprehensions.

What a name is, and what a call gives, depends on where the expression stands: in traced code, or outside of it.
"""

from __future__ import annotations

import abc
import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference.values import (
    Class,
    Const,
    External,
    Function,
    Generator,
    Module,
    Object,
    Partial,
    Value,
    Values,
    ordered,
)
from tf2lint.tracing import abstract, results
from tf2lint.tracing.abstract import (
    NEST,
    NUMBERS,
    TRUTH,
    UNKNOWN,
    Abstract,
    Kind,
    Origin,
    broadcast,
    container,
    element,
    join,
    python,
)

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator
    from tf2lint.tracing.calls import Calls

_COMPREHENSIONS = (nodes.ListComp, nodes.SetComp, nodes.GeneratorExp)
_TENSORS = (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE)
_TYPES = {nodes.ListComp: "list", nodes.SetComp: "set", nodes.GeneratorExp: "generator"}


class Expressions(abc.ABC):
    """Computes what expressions are. `eager` says that operations run at once, `converted` that AutoGraph works."""

    def __init__(self, ev: Evaluator, calls: Calls, *, eager: bool, converted: bool | None) -> None:
        self.ev = ev
        self.calls = calls
        self.eager = eager
        self.converted = converted
        self._kinds: Mapping[type[nodes.NodeNG], Callable[[nodes.NodeNG], Abstract]] = {
            nodes.Const: lambda n: abstract.constant(n.value),
            nodes.Name: self.name,
            nodes.Attribute: self._attribute,
            nodes.Call: self.call,
            nodes.BinOp: self.binary,
            nodes.UnaryOp: self._unary,
            nodes.Compare: self._compare,
            nodes.BoolOp: self._bool,
            nodes.IfExp: self.conditional,
            nodes.Subscript: self._subscript,
            nodes.List: self._display,
            nodes.Tuple: self._display,
            nodes.Set: self._display,
            nodes.Dict: self._dict,
            nodes.ListComp: self._comprehension,
            nodes.SetComp: self._comprehension,
            nodes.GeneratorExp: self._comprehension,
            nodes.DictComp: self._comprehension,
            nodes.JoinedStr: self._text,
            nodes.Lambda: self.inner,
            nodes.NamedExpr: self._named,
            nodes.Starred: lambda n: self.of(n.value),
        }

    def of(self, node: nodes.NodeNG) -> Abstract:
        """What an expression is."""
        self.ev.memo.step(node)
        known = self._kinds.get(type(node))
        if known is None:
            for child in node.get_children():
                self.of(child)
            return self.noted(node, UNKNOWN)
        return self.noted(node, known(node))

    def noted(self, node: nodes.NodeNG, value: Abstract) -> Abstract:
        """Remember what an expression is, where somebody wants to know later."""
        del node
        return value

    @abc.abstractmethod
    def name(self, node: nodes.NodeNG) -> Abstract:
        """What a name is."""

    @abc.abstractmethod
    def call(self, node: nodes.NodeNG) -> Abstract:
        """What a call gives."""

    @abc.abstractmethod
    def inner(self, node: nodes.NodeNG) -> Abstract:
        """What a lambda is."""

    @abc.abstractmethod
    def bind(self, target: nodes.NodeNG, value: Abstract) -> None:
        """Give a target of an assignment a value."""

    @abc.abstractmethod
    def stored(self, node: nodes.Attribute) -> Abstract | None:
        """What the code itself put into an attribute before it comes to a place."""

    def values(self, node: nodes.NodeNG) -> list[Value]:
        """What the evaluator says of an expression."""
        return ordered(self.ev.value_of(node))

    # -- from the evaluator's values ---------------------------------------------------------------------------------

    def seen(self, values: Values, *, eager: bool) -> Abstract:
        """What values of the evaluator are; None among others only says that there may be nothing yet."""
        known = [value for value in ordered(values) if value != Const(None)]
        if not known:
            return abstract.NONE if values else UNKNOWN
        out: Abstract | None = None
        for value in known:
            one = self._of_value(value, eager=eager)
            out = one if out is None else join(out, one)
        if out is not None and len(known) < len(values):
            out = dataclasses.replace(out, value=..., optional=True)
            if out.type in NUMBERS or out.type == "bool":
                return UNKNOWN
        return out or UNKNOWN

    def _of_value(self, value: Value, *, eager: bool) -> Abstract:
        if isinstance(value, Const):
            return abstract.constant(value.value)
        if isinstance(value, Function):
            return Abstract(Kind.PYTHON, "function", origin=Origin.OUTER, target=value.node)
        if isinstance(value, Generator):
            return python("generator", Origin.OUTER)
        if isinstance(value, Class):
            return python("class", Origin.OUTER)
        if isinstance(value, Object):
            keras = self.calls.keras_worlds(value.node)
            return Abstract(Kind.KERAS if keras else Kind.PYTHON, "object", origin=Origin.OUTER)
        if isinstance(value, Module):
            return python("module", Origin.OUTER)
        if isinstance(value, Partial):
            return python("function", Origin.OUTER)
        if isinstance(value, External):
            return _of_external(value.name)
        return results.of_values([value], eager=eager)

    # -- attributes -------------------------------------------------------------------------------------------------

    def _attribute(self, node: nodes.NodeNG) -> Abstract:
        assert isinstance(node, nodes.Attribute)
        return self.attribute(node, self.of(node.expr))

    def attribute(self, node: nodes.Attribute, owner: Abstract) -> Abstract:
        """What an attribute of an object is."""
        kept = self.stored(node)
        if kept is not None:
            return kept
        if owner.is_tensor or owner.kind in (Kind.VARIABLE, Kind.COMPOSITE, Kind.NEST):
            found = self._of_tensor(owner, node.attrname)
            if found is not None:
                return found
        if owner.kind is Kind.SHAPE:
            return python("int") if node.attrname in ("rank", "ndims") else UNKNOWN
        return self.outer_attribute(node, owner)

    def outer_attribute(self, node: nodes.Attribute, owner: Abstract) -> Abstract:
        """An attribute of something that is no tensor."""
        del owner
        return self.seen(frozenset(self.values(node)), eager=True)

    def _of_tensor(self, owner: Abstract, name: str) -> Abstract | None:
        if name == "shape":
            return results.static_shape(owner.shape, of=owner.origin)
        if owner.kind is Kind.NEST:
            return None
        if name == "dtype":
            return Abstract(Kind.PYTHON, "dtype", dtype=owner.dtype)
        if name in ("name", "device"):
            return python("str")
        if name == "ndim":
            return python("int")
        if owner.kind is Kind.COMPOSITE:
            return self._tensor() if name in ("values", "indices", "flat_values", "dense_shape") else UNKNOWN
        return None

    # -- operators --------------------------------------------------------------------------------------------------

    def _tensor(
        self, dtype: str = "", shape: abstract.Shape | None = None, *, of: tuple[Abstract, ...] = ()
    ) -> Abstract:
        """What an operation gives: symbolic, unless it runs at once and on nothing symbolic."""
        at_once = self.eager and not any(value.kind is Kind.TENSOR for value in of)
        kind = Kind.EAGER if at_once else Kind.TENSOR
        return Abstract(kind, dtype=dtype, shape=shape, origin=Origin.FRESH)

    def binary(self, node: nodes.NodeNG) -> Abstract:
        """What `a + b` gives."""
        return self.operation(node.op, self.of(node.left), self.of(node.right))

    def operation(self, op: str, left: Abstract, right: Abstract) -> Abstract:
        """What a binary operator gives."""
        sides = (left, right)
        if op.startswith("%") and left.type in ("str", "bytes"):
            return python(left.type, Origin.FRESH)
        if any(side.kind is Kind.COMPOSITE for side in sides):
            return Abstract(Kind.COMPOSITE, origin=Origin.FRESH)
        if any(side.kind in _TENSORS for side in sides):
            if any(side.type == "object" or side.kind in (Kind.KERAS, Kind.DATASET) for side in sides):
                return UNKNOWN
            leading = left if left.kind in _TENSORS else right
            shapes = [as_.shape for as_ in (abstract.as_tensor(left), abstract.as_tensor(right))]
            dtype = "" if op.startswith("/") and leading.dtype.startswith(("int", "uint")) else leading.dtype
            shape = None if op.startswith("@") else broadcast(shapes[0], shapes[1])
            made = self._tensor(dtype, shape, of=sides)
            other = right if leading is left else left
            scaled = leading.origin is Origin.ARGUMENT and other.is_python and other.type in NUMBERS
            return dataclasses.replace(made, origin=Origin.ARGUMENT) if scaled else made
        if any(side.kind is Kind.NEST for side in sides):
            other = right if left.kind is Kind.NEST else left
            if other.type in ("list", "tuple", "object") or (other.kind is Kind.NEST and op == "+"):
                return NEST
            return self._tensor(of=(abstract.tensor(),))
        return self._of_python(op, left, right)

    @staticmethod
    def _of_python(op: str, left: Abstract, right: Abstract) -> Abstract:
        if not (left.is_python and right.is_python):
            return UNKNOWN
        if "ndarray" in (left.type, right.type):
            return python("ndarray", Origin.FRESH)
        if left.type in ("list", "tuple") and left.type == right.type and op.startswith("+"):
            items = (*left.items, *right.items) if left.items is not None and right.items is not None else None
            return container(left.type, items)
        if left.type in NUMBERS and right.type in NUMBERS:
            whole = left.type != "float" and right.type != "float" and not op.startswith("/")
            return python("int" if whole else "float", Origin.FRESH)
        if "list" in (left.type, right.type) and op.startswith("*"):
            return python("list", Origin.FRESH)
        return python(left.type if left.type == right.type else "", Origin.FRESH)

    def _unary(self, node: nodes.NodeNG) -> Abstract:
        assert isinstance(node, nodes.UnaryOp)
        operand = self.of(node.operand)
        if node.op == "not":
            if operand.optional:
                return UNKNOWN
            if operand.is_symbolic and self.converted:
                return self._tensor("bool", operand.shape, of=(operand,))
            truth = operand.truth
            return abstract.constant(not truth) if truth is not None else TRUTH
        if operand.kind in _TENSORS:
            return self._tensor(operand.dtype, operand.shape, of=(operand,))
        if operand.kind is Kind.NEST:
            return self._tensor(of=(abstract.tensor(),))
        if operand.is_python and isinstance(operand.value, int | float) and node.op == "-":
            return abstract.constant(-operand.value)
        return dataclasses.replace(operand, value=..., items=None)

    def _compare(self, node: nodes.NodeNG) -> Abstract:
        assert isinstance(node, nodes.Compare)
        left = self.of(node.left)
        out: Abstract | None = None
        for op, operand in node.ops:
            right = self.of(operand)
            one = self._compared(op, left, right)
            out = one if out is None else (one if one.is_symbolic or not out.is_symbolic else out)
            left = right
        return out or UNKNOWN

    def _compared(self, op: str, left: Abstract, right: Abstract) -> Abstract:
        sides = (left, right)
        if op in ("is", "is not"):
            same = _identical(left, right)
            return TRUTH if same is None else abstract.constant(same is (op == "is"))
        if op in ("in", "not in"):
            return TRUTH
        none = any(side.is_none for side in sides)
        if any(side.kind in _TENSORS for side in sides):
            if none or any(side.type == "object" for side in sides):
                return TRUTH
            shapes = [abstract.as_tensor(side).shape for side in sides]
            return self._tensor("bool", broadcast(shapes[0], shapes[1]), of=sides)
        if any(side.kind is Kind.NEST for side in sides) and op not in ("==", "!="):
            return self._tensor("bool", of=(abstract.tensor(),))
        if all(side.is_python for side in sides):
            if "ndarray" in (left.type, right.type):
                return python("ndarray", Origin.FRESH)
            if left.value is not ... and right.value is not ... and op in ("==", "!="):
                return abstract.constant((left.value == right.value) is (op == "=="))
            return TRUTH
        return UNKNOWN

    def _bool(self, node: nodes.NodeNG) -> Abstract:
        assert isinstance(node, nodes.BoolOp)
        first = self.of(node.values[0])
        for operand in node.values[1:]:
            truth = first.truth
            if truth is not None and truth is (node.op == "or"):
                return first
            second = self.of(operand)
            if truth is not None:
                first = second
            elif first.is_symbolic and self.converted:
                first = self._tensor("bool", of=(first,))
            else:
                first = join(first, second)
        return first

    def conditional(self, node: nodes.NodeNG) -> Abstract:
        """What `a if test else b` gives."""
        assert isinstance(node, nodes.IfExp)
        test = self.of(node.test)
        if test.truth is not None:
            return self.of(node.body if test.truth else node.orelse)
        one, other = self.of(node.body), self.of(node.orelse)
        return merged(one, other) if test.is_symbolic and self.converted else join(one, other)

    # -- containers -------------------------------------------------------------------------------------------------

    def _display(self, node: nodes.NodeNG) -> Abstract:
        items: list[Abstract] | None = []
        for element_ in node.elts:
            value = self.of(element_)
            if not isinstance(element_, nodes.Starred):
                items = [*items, value] if items is not None else None
            elif value.type in ("list", "tuple") and value.items is not None and items is not None:
                items = [*items, *value.items]
            else:
                items = None
        return container(type(node).__name__.lower(), items)

    def _dict(self, node: nodes.NodeNG) -> Abstract:
        assert isinstance(node, nodes.Dict)
        keys: list[object] | None = []
        items: list[Abstract] = []
        for key, value in node.items:
            if not isinstance(key, nodes.DictUnpack):
                self.of(key)
            items.append(self.of(value))
            known = isinstance(key, nodes.Const)
            keys = [*keys, key.value] if keys is not None and known else None
        if keys is None:
            return python("dict", Origin.FRESH)
        made = container("dict", items)
        return dataclasses.replace(made, keys=tuple(keys)) if made.items is not None else made

    def _comprehension(self, node: nodes.NodeNG) -> Abstract:
        length: int | None = None
        for generator in node.generators:
            iterated = self.of(generator.iter)
            self.bind(generator.target, self.item_of(iterated))
            if len(node.generators) == 1 and not generator.ifs and iterated.type in ("list", "tuple"):
                length = len(iterated.items) if iterated.items is not None else None
            for condition in generator.ifs:
                self.of(condition)
        if isinstance(node, nodes.DictComp):
            self.of(node.key)
            self.of(node.value)
            return python("dict", Origin.FRESH)
        item = self.of(node.elt)
        items = (item,) * length if length is not None else None
        return container(_TYPES[type(node)], items)

    def _text(self, node: nodes.NodeNG) -> Abstract:
        for part in node.nodes_of_class((nodes.FormattedValue,)):
            self.of(part.value)
        return python("str", Origin.FRESH)

    def _named(self, node: nodes.NodeNG) -> Abstract:
        value = self.of(node.value)
        self.bind(node.target, value)
        return value

    def item_of(self, value: Abstract) -> Abstract:
        """What a loop over a value binds its target to."""
        if value.kind in _TENSORS:
            return self._tensor(value.dtype, value.shape[1:] if value.shape else None, of=(value,))
        if value.kind is Kind.DATASET:
            return element(value.items) if value.items else NEST
        if value.kind in (Kind.NEST, Kind.ITERATOR):
            return NEST
        if value.kind is Kind.SHAPE:
            return python("")
        if value.type == "range":
            return python("int", Origin.FRESH)
        if value.type == "dict":
            return python("")
        if value.type == "ndarray":
            return python("ndarray")
        if value.type == "str":
            return python("str")
        return element(value.items)

    def _subscript(self, node: nodes.NodeNG) -> Abstract:
        assert isinstance(node, nodes.Subscript)
        owner = self.of(node.value)
        index = self.of(node.slice)
        if owner.kind in _TENSORS:
            return self._tensor(owner.dtype, _sliced(owner.shape, node.slice), of=(owner,))
        if owner.kind is Kind.NEST:
            return self._tensor(of=(abstract.tensor(),)) if _only_for_tensors(node.slice) else NEST
        if owner.kind is Kind.SHAPE:
            return _part_of_shape(owner, node.slice)
        if owner.type == "ndarray":
            return python("ndarray")
        if owner.items is None:
            return UNKNOWN if not owner.is_python or owner.type in ("list", "tuple", "dict", "object", "") else python()
        if owner.keys is not None:
            return owner.items[owner.keys.index(index.value)] if index.value in owner.keys else UNKNOWN
        if isinstance(node.slice, nodes.Slice):
            return container(owner.type, None)
        if isinstance(index.value, int) and -len(owner.items) <= index.value < len(owner.items):
            return owner.items[index.value]
        return element(owner.items)


def _of_external(name: str) -> Abstract:
    if name.startswith("numpy.") and name.count(".") == 1:
        made = results.of_numpy(name, results.Given((), {}))
        if made.type == "class":
            return made
    if name in ("builtins.float", "builtins.int", "builtins.bool"):
        dtype = {"float": "float32", "int": "int32", "bool": "bool"}[name.partition(".")[2]]
        return Abstract(Kind.PYTHON, "class", dtype=dtype, origin=Origin.OUTER)
    if name in ("numpy.pi", "numpy.inf", "numpy.nan", "math.pi", "math.inf", "math.e", "numpy.e"):
        return python("float", Origin.OUTER)
    return Abstract(Kind.PYTHON, "", origin=Origin.OUTER) if name.partition(".")[0] == "builtins" else UNKNOWN


def _identical(left: Abstract, right: Abstract) -> bool | None:
    """Whether two values are one object, as far as None and what surely is not None tell."""
    for one, other in ((left, right), (right, left)):
        if one.is_none:
            if other.is_none:
                return True
            if other.kind in (Kind.UNKNOWN, Kind.NEST) or (other.is_python and other.type in ("", "object")):
                return None
            return None if other.unbound or other.optional else False
    return None


def merged(one: Abstract, other: Abstract) -> Abstract:
    """What two branches of a condition on a tensor leave: numbers become tensors there."""
    if one.is_none or other.is_none:
        return join(one, other)
    if _is_numeric(one) and _is_numeric(other):
        a, b = abstract.as_tensor(one), abstract.as_tensor(other)
        return abstract.tensor(a.dtype if a.dtype == b.dtype else "", abstract.join_shapes(a.shape, b.shape))
    if (
        one.items is not None
        and other.items is not None
        and one.type == other.type
        and len(one.items) == len(other.items)
    ):
        items = tuple(merged(a, b) for a, b in zip(one.items, other.items, strict=True))
        return dataclasses.replace(join(one, other), items=items)
    return join(one, other)


def _is_numeric(value: Abstract) -> bool:
    return value.kind in (Kind.TENSOR, Kind.EAGER) or (value.is_python and value.type in {*NUMBERS, "ndarray"})


def _only_for_tensors(index: nodes.NodeNG) -> bool:
    """Whether a subscript is one that only arrays take: `[:, 0]`, `[..., 1]`."""
    return isinstance(index, nodes.Tuple) and any(
        isinstance(part, nodes.Slice) or (isinstance(part, nodes.Const) and part.value in (..., None))
        for part in index.elts
    )


def _sliced(shape: abstract.Shape | None, index: nodes.NodeNG) -> abstract.Shape | None:
    """The shape of a part of a tensor."""
    if shape is None:
        return None
    parts = index.elts if isinstance(index, nodes.Tuple) else [index]
    left = list(shape)
    out: list[int | None] = []
    for part in parts:
        if isinstance(part, nodes.Const) and part.value in (..., None):
            return None
        if not left:
            return None
        size = left.pop(0)
        if isinstance(part, nodes.Slice):
            out.append(_part_of_size(size, part))
    return (*out, *left)


def _part_of_size(size: int | None, part: nodes.Slice) -> int | None:
    """How long a part of a dimension is."""
    bounds = [part.lower, part.upper, part.step]
    if all(bound is None for bound in bounds):
        return size
    known = [bound for bound in bounds if bound is None or isinstance(bound, nodes.Const)]
    if size is None or len(known) < len(bounds):
        return None
    values = [bound.value if bound is not None else None for bound in known]
    if any(isinstance(value, bool) or not isinstance(value, int | None) for value in values) or values[2] == 0:
        return None
    return len(range(size)[slice(*values)])


def _part_of_shape(owner: Abstract, index: nodes.NodeNG) -> Abstract:
    sign = 1
    inner = index
    if isinstance(index, nodes.UnaryOp) and index.op == "-":
        sign, inner = -1, index.operand
    if isinstance(inner, nodes.Const) and isinstance(inner.value, int):
        place = sign * inner.value
        if owner.items is not None and -len(owner.items) <= place < len(owner.items):
            return owner.items[place]
        return python("")
    return Abstract(Kind.SHAPE) if isinstance(index, nodes.Slice) else python("")
