"""What calls give, in abstract: of the project's functions, of TensorFlow's, of builtins and NumPy's."""

from __future__ import annotations

import abc
import dataclasses
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference.returns import legacy
from tf2lint.inference.values import (
    Class,
    Const,
    External,
    Object,
    TfInstance,
    TfMember,
    TfName,
    Unknown,
    Value,
)
from tf2lint.tracing import abstract, callbacks, kinds, results
from tf2lint.tracing.abstract import (
    NEST,
    NONE,
    TRUTH,
    UNKNOWN,
    Abstract,
    Kind,
    Origin,
    as_tensor,
    container,
    element,
    join,
    python,
)
from tf2lint.tracing.callbacks import Converted
from tf2lint.tracing.calls import Place
from tf2lint.tracing.expressions import Expressions, merged
from tf2lint.tracing.results import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SAME_AS_TYPE = frozenset("int float bool str bytes complex".split())
_NO_TENSORS = frozenset(
    f"builtins.{name}" for name in "list tuple dict set int float bool str bytes complex".split()
) | {"numpy.ndarray", "numpy.generic", "collections.abc.Mapping"}
_RESULTS = {
    **dict.fromkeys("isinstance issubclass hasattr callable".split(), "bool"),
    **dict.fromkeys("id hash ord".split(), "int"),
    **dict.fromkeys("repr format chr ascii".split(), "str"),
    **dict.fromkeys("type super vars divmod".split(), ""),
    "open": "file",
}
_MAKERS = frozenset("list tuple set frozenset dict".split())
_WRAPPERS = frozenset(("custom_gradient", "recompute_grad", "grad_pass_through"))
_LIST_METHODS = frozenset("append extend insert remove clear sort reverse add update discard setdefault".split())


class Invocations(Expressions):
    """Computes what calls give."""

    @abc.abstractmethod
    def run(
        self, target: Place, given: Given, call: nodes.NodeNG, function: Abstract | None, way: Converted
    ) -> Abstract:
        """What a function of the project returns to a call that comes with some arguments."""

    @abc.abstractmethod
    def places(self, node: nodes.NodeNG, call: nodes.Call | None) -> tuple[Place, ...]:
        """The functions of the project that an expression runs when it is called."""

    @abc.abstractmethod
    def conversion_of(self, target: Place) -> Converted:
        """Whether AutoGraph converts a function of the project that is called."""

    # -- calls ------------------------------------------------------------------------------------------------------

    def call(self, node: nodes.NodeNG) -> Abstract:
        """What a call gives."""
        assert isinstance(node, nodes.Call)
        function, owner = self.callee(node.func)
        given = self.given(node)
        if isinstance(node.func, nodes.Call) and self._is_wrapped(node.func):
            return self._handed(node.func.args[:1], given, node, Converted.NO, out=NEST)
        if function.target is not None and function.captured:
            return self._of_function(function, node, given)
        found = self.places(node.func, node)
        values = [value for value in self.values(node.func) if not isinstance(value, Unknown) and value != Const(None)]
        if found:
            out = self._of_places(found, node, given)
            if any(isinstance(value, Class) for value in values):
                return self.seen(frozenset(self.values(node)), eager=self.eager)
            return out
        if function.target is not None:
            return self._of_function(function, node, given)
        return self._of_others(node, values, given, function, owner)

    def callee(self, func: nodes.NodeNG) -> tuple[Abstract, Abstract]:
        """What is called, and what that is an attribute of, each computed once: calls form long chains."""
        if not isinstance(func, nodes.Attribute):
            return self.of(func), UNKNOWN
        owner = self.of(func.expr)
        return self.noted(func, self.attribute(func, owner)), owner

    def _is_wrapped(self, node: nodes.Call) -> bool:
        """Whether a call makes a function of another one: `tf.recompute_grad(f)`."""
        values = self.values(node.func)
        return bool(values) and all(isinstance(v, TfName) and legacy(v.name)[1] in _WRAPPERS for v in values)

    def given(self, node: nodes.Call) -> Given:
        """What a call passes."""
        positional: list[Abstract] = []
        open_ = False
        for argument in node.args:
            value = self.of(argument)
            if not isinstance(argument, nodes.Starred):
                if not open_:
                    positional.append(value)
            elif value.type in ("list", "tuple") and value.items is not None and not open_:
                positional.extend(value.items)
            else:
                open_ = True
        keywords: dict[str, Abstract] = {}
        for keyword in node.keywords:
            value = self.of(keyword.value)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif value.type == "dict" and value.keys is not None and value.items is not None:
                keywords.update({str(k): v for k, v in zip(value.keys, value.items, strict=True)})
            else:
                open_ = True
        return Given(positional, keywords, open_=open_, eager=self.eager)

    def _of_function(self, function: Abstract, node: nodes.Call, given: Given) -> Abstract:
        target = self._place_of(function)
        return self.run(target, given, node, function, self.conversion_of(target))

    @abc.abstractmethod
    def _place_of(self, function: Abstract) -> Place:
        """A function that a value is, with what `self` is in it."""

    def _of_places(self, found: tuple[Place, ...], node: nodes.Call, given: Given) -> Abstract:
        before = self._prepared(node)
        if before is not None:
            given = Given([*before.positional, *given.positional], before.keywords | given.keywords, open_=given.open)
        out: Abstract | None = None
        for target in found:
            made = self.run(target, given, node, None, self.conversion_of(target))
            out = made if out is None else join(out, made)
        return out or UNKNOWN

    def _prepared(self, node: nodes.Call) -> Given | None:
        """The arguments that a `functools.partial` holds before the call gives its own."""
        inner = node.func
        if isinstance(inner, nodes.Call) and "functools.partial" in self.ev.dotted(inner.func):
            first = self.given(inner)
            return Given(first.positional[1:], first.keywords, open_=first.open)
        literal = self.ev.literal(inner)
        if isinstance(literal, nodes.Call) and "functools.partial" in self.ev.dotted(literal.func):
            first = self.given(literal)
            return Given(first.positional[1:], first.keywords, open_=first.open)
        return None

    # -- beyond the project -------------------------------------------------------------------------------------------

    def _of_others(
        self, node: nodes.Call, values: Sequence[Value], given: Given, function: Abstract, owner: Abstract
    ) -> Abstract:
        named = len(values) == 1 and isinstance(values[0], TfName | External)
        if isinstance(node.func, nodes.Attribute) and not named:
            made = self._of_method(owner, node, given)
            if made is not None:
                return made
        if len(values) != 1:
            return self._of_either(values, node, given)
        value = values[0]
        if isinstance(value, TfName):
            return self._of_tensorflow(value, node, given)
        if isinstance(value, External):
            return self._of_external(value.name, node, given)
        if isinstance(value, TfInstance) and function.kind is Kind.KERAS:
            return results.of_keras(function, given)
        if isinstance(value, TfMember):
            return self._of_member(value, node, given)
        if isinstance(value, Class | Object):
            return self.seen(frozenset(self.values(node)), eager=self.eager)
        return UNKNOWN

    def _of_either(self, values: Sequence[Value], node: nodes.Call, given: Given) -> Abstract:
        """What one of several functions of TensorFlow gives: `keras.ops.max` of one package or of another."""
        names = [value for value in values if isinstance(value, TfName)]
        if not names or len(names) < len(values) or any(callbacks.within_trace(value) is not None for value in names):
            return UNKNOWN
        out = self._of_tensorflow(names[0], node, given)
        for value in names[1:]:
            out = join(out, self._of_tensorflow(value, node, given))
        return out

    def _of_method(self, owner: Abstract, node: nodes.Call, given: Given) -> Abstract | None:
        name = node.func.attrname
        if owner.kind in (Kind.PYTHON, Kind.UNKNOWN, Kind.KERAS):
            if owner.type in ("list", "dict", "set", "tuple"):
                return self._of_container(owner, name, node, given)
            if owner.type == "str":
                return python("str", Origin.FRESH) if name in ("format", "join", "lower", "upper", "strip") else UNKNOWN
            return None
        return self._at_once(results.of_member(owner, name), owner)

    def _at_once(self, made: Abstract | None, owner: Abstract | None = None) -> Abstract | None:
        """What is made outside of a trace has its value."""
        if made is None or not self.eager or made.kind is not Kind.TENSOR:
            return made
        if owner is not None and owner.kind is Kind.TENSOR:
            return made
        return dataclasses.replace(made, kind=Kind.EAGER)

    def _of_container(self, owner: Abstract, name: str, node: nodes.Call, given: Given) -> Abstract:
        if name in _LIST_METHODS:
            self.changed(node.func.expr)
            return NONE
        if name == "pop":
            self.changed(node.func.expr)
        if name in ("get", "pop") and owner.keys is not None and owner.items is not None and given.positional:
            key = given.positional[0].value
            if key in owner.keys:
                return owner.items[owner.keys.index(key)]
        if name == "copy":
            return dataclasses.replace(owner, origin=Origin.FRESH)
        if name == "values" and owner.items is not None:
            return container("list", owner.items)
        if name == "items" and owner.items is not None:
            pairs = (container("tuple", (python(), item)) for item in owner.items)
            return container("list", tuple(pairs))
        return UNKNOWN

    def changed(self, node: nodes.NodeNG) -> None:
        """Forget what is known of the elements of a container that a call changes."""

    def _of_tensorflow(self, value: TfName, node: nodes.Call, given: Given) -> Abstract:
        name = legacy(value.name)[1]
        way = callbacks.within_trace(value)
        if way is not None:
            return self._with_callbacks(name, node, given, way)
        made = self._at_once(results.of_function(value.name, value.worlds, given))
        if made is not None and made.kind is not Kind.UNKNOWN:
            return made
        return self.seen(frozenset(self.values(node)), eager=self.eager)

    def _of_member(self, value: TfMember, node: nodes.Call, given: Given) -> Abstract:
        if callbacks.within_trace(value) is not None or callbacks.of_replica(node):
            passed = given.get(1, "args")
            inner = (
                Given(passed.items, {})
                if passed is not None and passed.items is not None
                else Given((), {}, open_=True)
            )
            return self._handed(node.args[:1], inner, node, Converted.IN_CONTEXT)
        if value.attribute == "__call__" and value.cls:
            return results.of_keras(results.of_class(value.cls, eager=True), given)
        if value.attribute == "result" and kinds.is_metric(value.cls, value.worlds):
            return Abstract(Kind.EAGER if self.eager else Kind.TENSOR, origin=Origin.FRESH)
        if value.attribute == "compute_loss" and kinds.is_model(value.cls, value.worlds):
            return Abstract(Kind.EAGER if self.eager else Kind.TENSOR, origin=Origin.FRESH)
        if value.attribute in ("add_weight", "add_variable"):
            dtype = results.dtype_of(given.get(-1, "dtype")) or "float32"
            shape = results.shape_of(given.get(-1, "shape"))
            return Abstract(Kind.VARIABLE, dtype=dtype, shape=shape, origin=Origin.FRESH)
        if value.cls == "tf.GradientTape" and value.attribute in ("gradient", "jacobian", "batch_jacobian"):
            made = self._gradients(given.get(1, "sources")) if value.attribute == "gradient" else UNKNOWN
            # Structured as the sources are, with None for what the target does not depend on.
            unsure = made.kind is Kind.UNKNOWN and not self.eager
            return dataclasses.replace(NEST, origin=Origin.FRESH) if unsure else made
        return self.seen(frozenset(self.values(node)), eager=self.eager)

    # -- functions that are handed to TensorFlow ----------------------------------------------------------------------

    def _with_callbacks(self, name: str, node: nodes.Call, given: Given, way: Converted) -> Abstract:
        if name in ("cond", "case", "switch_case"):
            handed = [*node.args[1:], *(k.value for k in node.keywords if k.arg not in ("pred", "name"))]
            return self._handed(handed, Given((), {}), node, way, merge=True)
        if name == "while_loop":
            return self._while(node, given, way)
        elems = given.get(1, "elems", "structure")
        if name in ("map_fn", "vectorized_map"):
            return self._handed(node.args[:1], Given([self._rows(elems)], {}), node, way, out=NEST)
        if name == "nest.map_structure":
            # A structure of whatever the function makes of the leaves, which may be their shapes.
            rest = [UNKNOWN if v.kind is Kind.UNKNOWN else self._leaf(v) for v in given.positional[1:]]
            made = self._handed(node.args[:1], Given(rest, {}), node, way)
            return NEST if made.kind in (Kind.NEST, Kind.TENSOR, Kind.VARIABLE) else UNKNOWN
        if name in ("scan", "foldl", "foldr"):
            item = self._rows(elems)
            first = given.get(2, "initializer")
            return self._handed(
                node.args[:1], Given([as_tensor(first) if first else item, item], {}), node, way, out=NEST
            )
        self._handed(node.args[:1], Given((), {}, open_=True), node, way)
        return UNKNOWN

    def _gradients(self, sources: Abstract | None) -> Abstract:
        """What a tape gives: for each source a tensor, or None where the target does not depend on it."""
        if sources is None:
            return UNKNOWN
        if sources.type in ("list", "tuple") and sources.items is not None:
            return dataclasses.replace(sources, items=tuple(self._gradients(item) for item in sources.items))
        if not sources.is_symbolic and not sources.is_tensor:
            return UNKNOWN
        made = abstract.tensor(sources.dtype, sources.shape)
        return dataclasses.replace(made, kind=Kind.EAGER if self.eager else Kind.TENSOR, optional=True)

    def _rows(self, value: Abstract | None) -> Abstract:
        """One row of each tensor of a structure, in the same structure."""
        if value is not None and value.type in ("list", "tuple", "dict") and value.items is not None:
            return dataclasses.replace(value, items=tuple(self._rows(item) for item in value.items))
        return self._leaf(value)

    def _leaf(self, value: Abstract | None) -> Abstract:
        """An element of a structure of tensors."""
        if value is None or value.kind in (Kind.UNKNOWN, Kind.NEST):
            return NEST
        if value.type in ("list", "tuple", "dict") and value.items is not None:
            return element(value.items)
        if value.is_tensor or value.kind is Kind.VARIABLE or value.type == "ndarray":
            made = as_tensor(value)
            return abstract.tensor(made.dtype, made.shape[1:] if made.shape else None)
        return NEST

    def _while(self, node: nodes.Call, given: Given, way: Converted) -> Abstract:
        start = given.get(2, "loop_vars")
        items = start.items if start is not None and start.type in ("list", "tuple") else None
        inner = Given([_loop_variable(item) for item in items], {}) if items is not None else Given((), {}, open_=True)
        self._handed([*node.args[:2], *(k.value for k in node.keywords if k.arg in ("cond", "body"))], inner, node, way)
        if items is None:
            return NEST
        return container("list", inner.positional) if len(items) > 1 else NEST

    def _handed(
        self,
        nodes_: list[nodes.NodeNG],
        given: Given,
        node: nodes.Call,
        way: Converted,
        *,
        out: Abstract | None = None,
        merge: bool = False,
    ) -> Abstract:
        made: Abstract | None = None
        waiting = list(nodes_)
        while waiting:
            handed = waiting.pop(0)
            if isinstance(handed, nodes.List | nodes.Tuple):
                waiting = [*handed.elts, *waiting]
                continue
            for one in self._run_handed(handed, given, node, way):
                both: Callable[[Abstract, Abstract], Abstract] = merged if merge else join
                made = one if made is None else both(made, one)
        if out is not None or made is None:
            return out or NEST
        return made

    def _run_handed(self, handed: nodes.NodeNG, given: Given, node: nodes.Call, way: Converted) -> list[Abstract]:
        function = self.of(handed)
        if function.target is not None:
            return [self.run(self._place_of(function), given, node, function, way)]
        if isinstance(handed, nodes.Name | nodes.Attribute | nodes.Lambda | nodes.Call):
            return [self.run(target, given, node, None, way) for target in self.places(handed, None)]
        return []

    # -- builtins and NumPy -------------------------------------------------------------------------------------------

    def _of_external(self, name: str, node: nodes.Call, given: Given) -> Abstract:
        if name.startswith("numpy."):
            made = results.of_numpy(name, given)
            if made.type == "class":  # A scalar of that type.
                return Abstract(Kind.PYTHON, "ndarray", dtype=made.dtype, shape=(), origin=Origin.FRESH)
            return made
        if name.startswith("builtins."):
            return self._of_builtin(name.partition(".")[2], node, given)
        if name in ("functools.reduce",):
            items = given.get(1)
            item = self.item_of(items) if items is not None else UNKNOWN
            return self._handed(node.args[:1], Given([item, item], {}), node, Converted.NO)
        if name.startswith("math."):
            return python("float")
        if name in ("collections.defaultdict", "collections.OrderedDict", "collections.Counter"):
            return python("dict", Origin.FRESH)
        if name in ("collections.deque",):
            return python("list", Origin.FRESH)
        if name in ("copy.copy", "copy.deepcopy") and given.positional:
            return dataclasses.replace(given.positional[0], origin=Origin.FRESH)
        return UNKNOWN

    def _of_builtin(self, name: str, node: nodes.Call, given: Given) -> Abstract:
        first = given.get(0)
        if name == "isinstance" and first is not None and len(node.args) == 2:
            return self._is_instance(first, node.args[1])
        if name == "hasattr" and first is not None and first.kind is Kind.TENSOR and not first.optional:
            asked = given.get(1)
            if asked is not None and asked.value in ("numpy", "item"):
                return abstract.constant(False)
        if name in _RESULTS:
            return python(_RESULTS[name], Origin.FRESH)
        if name == "range":
            if self.converted and any(value.is_symbolic for value in given.positional):
                return abstract.tensor("int32", (None,))
            return python("range", Origin.FRESH)
        if name in _SAME_AS_TYPE:
            if first is not None and first.is_symbolic and self.converted and name in ("int", "float"):
                return abstract.tensor("int32" if name == "int" else "float32", ())
            return python(name, Origin.FRESH)
        if name in ("zip", "map", "filter"):
            return self._combined(name, node, given)
        if name == "getattr":
            return self.seen(frozenset(self.values(node)), eager=True)
        if name == "print":
            return NONE
        if first is None:
            return container(name, ()) if name in _MAKERS else UNKNOWN
        return self._of_one(name, first)

    def _is_instance(self, value: Abstract, asked: nodes.NodeNG) -> Abstract:
        """Whether a tensor is an instance of Python's own types: no."""
        if value.kind not in (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE) or value.optional or value.unbound:
            return TRUTH
        types = asked.elts if isinstance(asked, nodes.Tuple) else [asked]
        named = [self.ev.dotted(one) for one in types]
        if all(len(names) == 1 and next(iter(names)) in _NO_TENSORS for names in named):
            return abstract.constant(False)
        return TRUTH

    def _combined(self, name: str, node: nodes.Call, given: Given) -> Abstract:
        """What builtins give that go through several things at once."""
        if name == "zip":
            pair = container("tuple", [self.item_of(value) for value in given.positional])
            if self.converted and given.positional and all(v.kind is Kind.DATASET for v in given.positional):
                return Abstract(Kind.DATASET, items=(pair,))
            return Abstract(Kind.PYTHON, "zip", items=(pair,), origin=Origin.FRESH)
        if len(given.positional) < 2:
            return UNKNOWN
        items = [self.item_of(value) for value in given.positional[1:]]
        made = self._handed(node.args[:1], Given(items, {}), node, Converted.NO)
        return Abstract(Kind.PYTHON, "iterator", items=(made if name == "map" else items[0],))

    def _of_one(self, name: str, first: Abstract) -> Abstract:
        """What builtins give that look at one thing."""
        if name == "len":
            return self._length(first)
        if name == "abs":
            return self.operation("+", first, first)
        if name in _MAKERS:
            return container(name, first.items if first.type in ("list", "tuple", "set") else None)
        if name == "enumerate":
            pair = container("tuple", (python("int"), self.item_of(first)))
            if first.kind is Kind.DATASET and self.converted:
                counted = container("tuple", (abstract.tensor("int64", ()), self.item_of(first)))
                return Abstract(Kind.DATASET, items=(counted,))
            return Abstract(Kind.PYTHON, "enumerate", items=(pair,), origin=Origin.FRESH)
        if name == "iter":
            if first.kind is Kind.DATASET:
                return Abstract(Kind.ITERATOR)
            # What is not known, or is an object, may be a dataset in other clothes: one that is distributed.
            return python("iterator", first.origin) if first.is_python and first.type != "object" else UNKNOWN
        if name == "next":
            return NEST if first.kind is Kind.ITERATOR else UNKNOWN
        if name == "sum" and first.items and all(item.is_symbolic for item in first.items):
            return self.operation("+", first.items[0], first.items[0])
        if name == "sorted":
            if first.is_symbolic and self.converted:
                return dataclasses.replace(as_tensor(first), origin=Origin.FRESH)
            return container("list", first.items if first.type in ("list", "tuple", "set") else None)
        return dataclasses.replace(first, origin=Origin.FRESH) if name == "reversed" else UNKNOWN

    def _length(self, value: Abstract | None) -> Abstract:
        if value is None:
            return UNKNOWN
        if value.is_symbolic and self.converted:
            size = value.shape[0] if value.shape else None
            return (
                abstract.constant(size)
                if size is not None
                else (abstract.tensor("int32", ()) if value.shape is not None else UNKNOWN)
            )
        if value.items is not None and value.type in ("list", "tuple", "dict"):
            return abstract.constant(len(value.items))
        return python("int") if value.is_python else UNKNOWN


def _loop_variable(value: Abstract) -> Abstract:
    if value.is_tensor or value.kind is Kind.VARIABLE or value.type in (*abstract.NUMBERS, "ndarray"):
        return as_tensor(value)
    return value
