"""One trace of one function: its statements in order, with what each name holds.

The names are followed through branches and loops as AutoGraph and Python would run them while the function is traced.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import classes
from tf2lint.inference.index import function_around, last_name
from tf2lint.inference.values import Function, Object, TfName, Value
from tf2lint.tracing import abstract, callbacks, conversion, kinds, promises, scopes
from tf2lint.tracing.abstract import NEST, NONE, UNKNOWN, Abstract, Kind, Origin, join
from tf2lint.tracing.callbacks import Converted
from tf2lint.tracing.calls import Place, is_self
from tf2lint.tracing.expressions import merged
from tf2lint.tracing.invocations import Invocations
from tf2lint.tracing.results import Given

if TYPE_CHECKING:
    from tf2lint.tracing.runs import Runs

Names = dict[str, Abstract]
"""What the names of a function hold; what is stored in an attribute stands under its spelling, `self.x`."""

_ROUNDS = 3
_IS_SPARSE = "backend.is_sparse"
_OPERATORS = {
    "+": "__add__",
    "-": "__sub__",
    "*": "__mul__",
    "/": "__truediv__",
    "//": "__floordiv__",
    "@": "__matmul__",
    "%": "__mod__",
    "**": "__pow__",
}


class Control(enum.Enum):
    """Who decides about a branch or a loop: Python while it traces, or the graph when it runs."""

    PYTHON = "Python"
    TENSOR = "tensor"
    DATASET = "dataset"
    UNKNOWN = "not known"


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What a function is called with: its parameters, and what it sees of the variables around it."""

    arguments: tuple[tuple[str, Abstract], ...] = ()
    captured: tuple[tuple[str, Abstract], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Started:
    """A function of the project that a run starts, and where."""

    at: nodes.NodeNG
    target: Place
    converted: bool | None
    lifted: bool
    context: Context


class Run(Invocations):
    """Follows one function through one trace. `returned` is what it returns."""

    def __init__(self, runs: Runs, place: Place, context: Context, *, converted: bool | None, lifted: bool) -> None:
        super().__init__(runs.ev, runs.calls, eager=lifted, converted=converted)
        self.runs = runs
        self.place = place
        self.context = context
        self.function = place.function
        self.seen_values: dict[nodes.NodeNG, Abstract] = {}
        self.visited: set[nodes.NodeNG] = set()
        self.complete = False
        self.controls: dict[nodes.NodeNG, Control] = {}
        self.entries: dict[nodes.NodeNG, Names] = {}
        self.ends: dict[nodes.NodeNG, tuple[Names | None, Names | None]] = {}
        self.first_turns: dict[nodes.NodeNG, tuple[Names, Names | None]] = {}
        self.turned: set[nodes.NodeNG] = set()
        self.first_ends: dict[nodes.NodeNG, tuple[Names, Names | None, Names | None]] = {}
        self.started: dict[tuple[nodes.NodeNG, Place, Context], Started] = {}
        self.returned: Abstract = UNKNOWN
        # What nobody is known to pass is there all the same.
        parameters = dict.fromkeys(scopes.other_parameters(self.function), UNKNOWN)
        self._names: Names | None = {**dict(context.captured), **parameters, **dict(context.arguments)}
        for name in parameters:
            if self._names[name].kind is Kind.UNKNOWN:
                self._names[name] = promises.promised(self.function, name, runs)
        self._outer_names = scopes.declared_outside(self.function)
        self._paths: dict[str, set[str]] = {}
        """The attributes that were ever given a value, by the name with which they begin."""
        self._returns: list[Abstract] = []
        self._returns_by_tensor = False
        self._under_tensor = 0
        self._leaving: list[list[Names]] = []

    def follow(self) -> None:
        """Run the function from its first statement to its last."""
        self.complete = not self.runs.exhausted
        if not isinstance(self.function, nodes.FunctionDef):
            self.returned = self.of(self.function.body)
            return
        self._block(self.function.body)
        if self._names is not None:
            self._returns.append(NONE)
        out: Abstract | None = None
        for value in self._returns:
            both = merged if self._returns_by_tensor else join
            out = value if out is None else both(out, value)
        self.returned = out if out is not None else UNKNOWN
        if self.function.is_generator():
            self.returned = abstract.python("generator", Origin.FRESH)
        elif isinstance(self.function, nodes.AsyncFunctionDef):
            self.returned = UNKNOWN

    # -- names ------------------------------------------------------------------------------------------------------

    def noted(self, node: nodes.NodeNG, value: Abstract) -> Abstract:
        """Remember what an expression is, over all rounds of the loops around it."""
        before = self.seen_values.get(node)
        self.seen_values[node] = value if before is None else join(before, value)
        self.runs.spent += 1
        return value

    def name(self, node: nodes.NodeNG) -> Abstract:
        """What a name holds here."""
        assert isinstance(node, nodes.Name | nodes.AssignName)
        names = self._names if self._names is not None else {}
        value = names.get(node.name)
        if value is None:
            if node.name in self.function.locals and node.name not in self._outer_names:
                return self._self(node) or UNKNOWN
            return self.runs.outside.name(node)
        if value.target is not None and value.target.parent is not None:
            return dataclasses.replace(value, captured=self._seen_by(value.target) or value.captured)
        return value

    def _self(self, node: nodes.NodeNG) -> Abstract | None:
        method = self.function
        if scopes.class_of(method) is not None and is_self(node, method):
            return self.seen(frozenset(self.ev.value_of(node)), eager=True)
        return None

    def _seen_by(self, function: scopes.Function) -> tuple[tuple[str, Abstract], ...]:
        """What an inner function sees of the names of this one."""
        if self._names is None or function_around(function) is None:
            return ()
        free = self.runs.free_names(function)
        return tuple((name, self._names[name]) for name in free if name in self._names)

    def values(self, node: nodes.NodeNG) -> list[Value]:
        """What the evaluator says of an expression, `self` being what the place says."""
        return self.runs.values(node, self.place)

    def outer_attribute(self, node: nodes.Attribute, owner: Abstract) -> Abstract:
        """An attribute of what is no tensor: a property's value, or what the program puts there."""
        cls = self.runs.outside.class_of(node.expr, self.place) if owner.type == "object" else None
        if cls is not None:
            getter = self.calls.property_of(cls, node.attrname)
            if getter is not None:
                return self.run(Place(getter, cls), Given((), {}), node, None, Converted.NO)
            kept = self.runs.outside.kept(cls, node.attrname, self.runs.heap.get((cls, node.attrname), {}))
            if kept is not None and kept.kind is Kind.TENSOR and not self.eager:
                return kept
        return self.runs.outside.attribute_of(node, self.place)

    def _special(self, owner: nodes.NodeNG, name: str, given: list[Abstract], at: nodes.NodeNG) -> Abstract | None:
        """What a method gives that Python itself calls; None where the object has none that is known."""
        cls = self.runs.outside.class_of(owner, self.place)
        found = classes.attribute(self.ev, Object(cls), name) if cls is not None and name else frozenset()
        functions = [value for value in found if isinstance(value, Function)]
        if len(functions) != 1 or cls is None:
            return None
        return self.run(Place(functions[0].node, cls), Given(given, {}), at, None, Converted.NO)

    def binary(self, node: nodes.NodeNG) -> Abstract:
        """What an operator gives, an object's own one included."""
        left, right = self.of(node.left), self.of(node.right)
        made: Abstract | None = None
        if left.type == "object":
            made = self._special(node.left, _OPERATORS.get(node.op, ""), [right], node)
        elif right.type == "object":
            made = self._special(node.right, _OPERATORS.get(node.op, "").replace("__", "__r", 1), [left], node)
        return made if made is not None else self.operation(node.op, left, right)

    def stored(self, node: nodes.Attribute) -> Abstract | None:
        """What this trace itself put into an attribute."""
        if self._names is None or not isinstance(node.expr, nodes.Name | nodes.Attribute):
            return None
        return self._names.get(f"{_path(node)}")

    def inner(self, node: nodes.NodeNG) -> Abstract:
        """A function that is defined in this one."""
        return Abstract(Kind.PYTHON, "function", origin=Origin.FRESH, target=node, captured=self._seen_by(node))

    def bind(self, target: nodes.NodeNG, value: Abstract) -> None:
        """Give a target of an assignment a value, taken apart where the target is."""
        if isinstance(target, nodes.Starred):
            self.bind(target.value, abstract.python("list", Origin.FRESH))
            return
        self.noted(target, value)
        if self._names is None:
            return
        if isinstance(target, nodes.AssignName):
            self._names[target.name] = value
            for path in self._paths.get(target.name, ()):
                self._names.pop(path, None)
        elif isinstance(target, nodes.AssignAttr):
            self.of(target.expr)
            self._keep(target, value)
            self._put(_path(target), value)
        elif isinstance(target, nodes.Subscript):
            self.of(target.value)
            self.of(target.slice)
            self.changed(target.value)
        elif isinstance(target, nodes.Tuple | nodes.List):
            parts = self._parts(value, target)
            for part, one in zip(target.elts, parts, strict=True):
                self.bind(part, one)

    def _put(self, path: str, value: Abstract) -> None:
        """Give what a path spells a value, if there is one."""
        if path and self._names is not None:
            self._names[path] = value
            self._paths.setdefault(path.partition(".")[0], set()).add(path)

    def _keep(self, target: nodes.AssignAttr, value: Abstract) -> None:
        """Remember what an attribute of an object gets."""
        cls = self.runs.outside.class_of(target.expr, self.place)
        if cls is not None:
            held = self.runs.heap.setdefault((cls, target.attrname), {})
            held[target] = join(held[target], value) if target in held else value

    def _parts(self, value: Abstract, target: nodes.Tuple | nodes.List) -> list[Abstract]:
        count = len(target.elts)
        starred = any(isinstance(part, nodes.Starred) for part in target.elts)
        if value.items is not None and value.keys is None and len(value.items) == count and not starred:
            return list(value.items)
        if value.kind in (Kind.NEST, Kind.ITERATOR):
            return [NEST] * count
        if value.is_tensor or value.kind is Kind.SHAPE:
            return [self.item_of(value)] * count
        return [UNKNOWN] * count

    def changed(self, node: nodes.NodeNG) -> None:
        """Forget what is known of the elements of a container that changes."""
        key = node.name if isinstance(node, nodes.Name) else _path(node) if isinstance(node, nodes.Attribute) else ""
        if self._names is not None and key in self._names:
            value = self._names[key]
            if value.is_python:
                self._names[key] = dataclasses.replace(value, items=None, keys=None, value=...)

    # -- calls of the project's functions ----------------------------------------------------------------------------

    def places(self, node: nodes.NodeNG, call: nodes.Call | None) -> tuple[Place, ...]:
        """The functions of the project that an expression runs when it is called."""
        held = (self._names or {}).get(node.name) if isinstance(node, nodes.Name) else None
        if held is not None and held.target is not None:
            return ()
        if call is not None:
            return self.calls.called(call, self.place)
        return self.calls.functions(node, self.place)

    def conversion_of(self, target: Place) -> Converted:
        """Whether AutoGraph converts a function of the project that is called."""
        return self.calls.conversion_of(target, self.place)

    def _place_of(self, function: Abstract) -> Place:
        assert function.target is not None
        return self.calls.place_of(function.target, self.place)

    def run(
        self, target: Place, given: Given, call: nodes.NodeNG, function: Abstract | None, way: Converted
    ) -> Abstract:
        """What a function of the project returns to a call of this one."""
        if conversion.runs_as_python(target.function):
            return abstract.tensor()
        captured = function.captured if function is not None else ()
        if not captured:
            captured = self._seen_by(target.function)
        context = Context(self.runs.bound(target, given), captured)
        way = self.calls.conversion_of(target, self.place, way, call)
        converted = callbacks.converted_by(way, self.converted)
        context = self.runs.admitted(target, context)
        self.started[call, target, context] = Started(call, target, converted, self.eager, context)
        made = self.runs.of(target, context, converted=converted, lifted=self.eager)
        if made is None:
            return UNKNOWN
        self._follow_changes(made)
        if "custom_gradient" in scopes.decorator_names(target.function):
            return made.returned.items[0] if made.returned.items else UNKNOWN  # The second one is the gradient.
        return made.returned

    def _follow_changes(self, made: Run) -> None:
        """What an inner function put into variables of this one is not known any more."""
        if self._names is None:
            return
        for name in made._outer_names:
            if name in self._names:
                self._names[name] = join(self._names[name], UNKNOWN)

    # -- statements -------------------------------------------------------------------------------------------------

    def _block(self, statements: list[nodes.NodeNG]) -> None:
        for statement in statements:
            if self._names is None or self.runs.exhausted:
                return
            self._statement(statement)

    def _after(self, statements: list[nodes.NodeNG]) -> Names | None:
        """What the names hold after some statements."""
        self._block(statements)
        return self._names

    def _statement(self, node: nodes.NodeNG) -> None:
        self.visited.add(node)
        handler = getattr(self, f"_do_{type(node).__name__.lower()}", None)
        if handler is not None:
            handler(node)
            return
        for child in node.get_children():
            self.of(child)

    def _do_expr(self, node: nodes.Expr) -> None:
        self.of(node.value)

    def _do_assign(self, node: nodes.Assign) -> None:
        value = self.of(node.value)
        for target in node.targets:
            self.bind(target, value)

    def _do_annassign(self, node: nodes.AnnAssign) -> None:
        if node.value is not None:
            self.bind(node.target, self.of(node.value))

    def _do_augassign(self, node: nodes.AugAssign) -> None:
        target = node.target
        if isinstance(target, nodes.AssignName):
            before = self.name(target)
        elif isinstance(target, nodes.AssignAttr):
            self.of(target.expr)
            path = _path(target)
            kept = (self._names or {}).get(path) if path else None
            before = kept if kept is not None else self.runs.outside.attribute_of(target, self.place)
        else:
            owner = self.of(target.value)
            self.of(target.slice)
            before = self.item_of(owner) if owner.is_symbolic else UNKNOWN
        value = self.of(node.value)
        self.noted(target, before)
        made = self.operation(node.op, before, value)
        if before.kind is Kind.PYTHON and before.type in ("list", "set", "dict"):
            made = dataclasses.replace(made, origin=before.origin) if made.is_python else before
        if isinstance(target, nodes.AssignAttr):
            self._keep(target, made)
        if self._names is None:
            return
        if isinstance(target, nodes.AssignName):
            self._names[target.name] = made
        elif isinstance(target, nodes.AssignAttr):
            self._put(_path(target), made)

    def _do_return(self, node: nodes.Return) -> None:
        self._returns.append(self.of(node.value) if node.value is not None else NONE)
        self._returns_by_tensor = self._returns_by_tensor or bool(self._under_tensor)
        self._names = None

    def _do_raise(self, node: nodes.Raise) -> None:
        for child in node.get_children():
            self.of(child)
        self._names = None

    def _do_break(self, node: nodes.Break | nodes.Continue) -> None:
        del node
        if self._leaving and self._names is not None:
            self._leaving[-1].append(self._names)
        self._names = None

    _do_continue = _do_break

    def _do_delete(self, node: nodes.Delete) -> None:
        for target in node.targets:
            if isinstance(target, nodes.DelName) and self._names is not None:
                self._names.pop(target.name, None)

    def _do_functiondef(self, node: nodes.FunctionDef) -> None:
        if self._names is not None:
            self._names[node.name] = self.inner(node)

    _do_asyncfunctiondef = _do_functiondef

    def _do_classdef(self, node: nodes.ClassDef) -> None:
        if self._names is not None:
            self._names[node.name] = abstract.python("class", Origin.FRESH)

    def _do_import(self, node: nodes.NodeNG) -> None:
        pass

    _do_importfrom = _do_import
    _do_global = _do_import
    _do_nonlocal = _do_import
    _do_pass = _do_import

    # -- branches ---------------------------------------------------------------------------------------------------

    def _control(self, node: nodes.NodeNG, test: Abstract) -> Control:
        if test.optional or test.unbound:
            control = Control.UNKNOWN
        elif test.kind in (Kind.TENSOR, Kind.VARIABLE):
            control = Control.TENSOR if self.converted else Control.UNKNOWN
        elif test.kind is Kind.EAGER:
            control = Control.PYTHON
        elif test.kind is Kind.DATASET:
            control = Control.DATASET if self.converted else Control.UNKNOWN
        elif test.kind in (Kind.UNKNOWN, Kind.NEST):
            control = Control.UNKNOWN
        else:
            control = Control.PYTHON
        before = self.controls.get(node)
        if before is not None and before is not control:
            control = Control.UNKNOWN if Control.TENSOR not in (before, control) else Control.TENSOR
        self.controls[node] = control
        return control

    def conditional(self, node: nodes.NodeNG) -> Abstract:
        """What `a if test else b` gives."""
        value = super().conditional(node)
        self._control(node, self.seen_values.get(node.test, UNKNOWN))
        return value

    def _do_if(self, node: nodes.If) -> None:
        test = self.of(node.test)
        control = self._control(node, test)
        if self._names is None:
            return
        entry = self._names  # Nobody changes it any more: each branch has its own.
        self.entries[node] = entry
        truth = test.truth
        by_tensor = control is Control.TENSOR
        self._under_tensor += by_tensor
        ends: list[Names | None] = []
        for block, holds in ((node.body, True), (node.orelse, False)):
            if truth is not None and truth is not holds:
                ends.append(None)
                continue
            self._names = dict(entry)
            self._refine(node.test, holds=holds)
            ends.append(self._after(block))
        self._under_tensor -= by_tensor
        if truth is None:
            self.ends[node] = (ends[0], ends[1])
            kept = ends if None not in ends else [_kept(names) for names in ends]  # What is left alone goes on.
            self.first_ends.setdefault(node, (entry, kept[0], kept[1]))
        self._names = _joined(ends[0], ends[1], by_tensor=by_tensor)

    def _refine(self, test: nodes.NodeNG, *, holds: bool) -> None:
        """What a test tells of a name: that it is None, or an instance of a class."""
        if isinstance(test, nodes.UnaryOp) and test.op == "not":
            self._refine(test.operand, holds=not holds)
        elif isinstance(test, nodes.BoolOp) and holds is (test.op == "and"):
            for part in test.values:
                self._refine(part, holds=holds)
        elif isinstance(test, nodes.Compare) and len(test.ops) == 1 and self._names is not None:
            op, other = test.ops[0]
            none = isinstance(other, nodes.Const) and other.value is None
            if none and op in ("is", "is not") and isinstance(test.left, nodes.Name) and holds is (op == "is"):
                self._names[test.left.name] = NONE
        elif isinstance(test, nodes.Call) and test.args and holds:
            self._refine_kind(test, test.args[0])

    def _refine_kind(self, test: nodes.Call, asked: nodes.NodeNG) -> None:
        """What `isinstance(x, tf.Tensor)` or `is_sparse(x)` tells of `x`, where it holds."""
        value = self.seen_values.get(asked)
        if not isinstance(asked, nodes.Name) or self._names is None or (value is not None and value.is_symbolic):
            return
        if last_name(test.func) == "isinstance" and len(test.args) == 2:
            self._names[asked.name] = self._instance(test.args[1])
        elif last_name(test.func) == "is_sparse":
            values = self.values(test.func)
            if values and all(isinstance(v, TfName) and kinds.below_keras(v.name) == _IS_SPARSE for v in values):
                self._names[asked.name] = Abstract(Kind.COMPOSITE)

    def _instance(self, node: nodes.NodeNG) -> Abstract:
        """What an object is that passes `isinstance(x, node)`."""
        named = self.ev.dotted(node)
        if named == {"tf.Tensor"}:
            return abstract.tensor()
        if named == {"tf.Variable"}:
            return Abstract(Kind.VARIABLE)
        builtin = {name.partition(".")[2] for name in named if name.startswith("builtins.")}
        if len(named) == 1 and builtin:
            return abstract.python(builtin.pop())
        return abstract.python() if builtin and len(builtin) == len(named) else UNKNOWN

    # -- loops ------------------------------------------------------------------------------------------------------

    def _do_for(self, node: nodes.For) -> None:
        iterated = self.of(node.iter)
        control = self._control(node, iterated)
        item = self.item_of(iterated)
        self._loop(node, control, lambda: self.bind(node.target, item))

    _do_asyncfor = _do_for

    def _do_while(self, node: nodes.While) -> None:
        test = self.of(node.test)
        control = self._control(node, test)
        if test.truth is False:
            return
        self._loop(node, control, lambda: None, endless=test.truth is True)

    def _loop(
        self, node: nodes.For | nodes.While, control: Control, begin: Callable[[], None], *, endless: bool = False
    ) -> None:
        if self._names is None:
            return
        by_tensor = control in (Control.TENSOR, Control.DATASET)
        entry = self._names
        self.entries[node] = entry
        self._under_tensor += by_tensor
        current: Names = dict(entry)
        left: list[Names] = []
        for _ in range(_ROUNDS):
            self._names = dict(current)
            begin()
            self._leaving.append([])
            end = self._after(node.body)
            left = self._leaving.pop()
            if end is not None and isinstance(node, nodes.While) and self.of(node.test).kind is Kind.TENSOR:
                self.turned.add(node)
            self.first_turns.setdefault(node, (entry, end))
            after = _joined(current, end, by_tensor=by_tensor) or current
            if after == current:
                break
            current = after
        self._under_tensor -= by_tensor
        out: Names | None = None if endless else current
        for names in left:
            out = _joined(out, names, by_tensor=by_tensor)
        self._names = out
        if node.orelse:
            self._block(node.orelse)

    # -- with, try, match ---------------------------------------------------------------------------------------------

    def _do_with(self, node: nodes.With) -> None:
        lifted = False
        for context, target in node.items:
            value = self.of(context)
            lifted = lifted or (self.calls.is_init_scope(context))
            entered = self._entered(context, value)
            if target is not None:
                self.bind(target, entered)
        before = self.eager
        self.eager = before or lifted
        self._block(node.body)
        self.eager = before
        for context, _ in reversed(node.items):
            if self.seen_values.get(context, UNKNOWN).type == "object":
                self._special(context, "__exit__", [UNKNOWN] * 3, context)

    _do_asyncwith = _do_with

    def _entered(self, context: nodes.NodeNG, value: Abstract) -> Abstract:
        if value.type == "object":
            made = self._special(context, "__enter__", [], context)
            if made is not None:
                return made
        entered = self.runs.entered(context)
        known = self.seen(entered, eager=False) if entered else UNKNOWN
        return known if known.kind is not Kind.UNKNOWN else (value if value.type == "file" else UNKNOWN)

    def _do_try(self, node: nodes.Try) -> None:
        if self._names is None:
            return
        before = dict(self._names)
        self.entries[node] = before
        after = self._after(node.body)
        ends = [self._after(node.orelse)]
        for handler in node.handlers:
            start = _joined(before, after, by_tensor=False) if after is not None else dict(before)
            self._names = dict(start or before)
            if handler.name is not None:
                self.bind(handler.name, abstract.python("object"))
            ends.append(self._after(handler.body))
        out: Names | None = None
        for names in ends:
            out = _joined(out, names, by_tensor=False)
        self._names = out
        if node.finalbody:
            if out is None:
                self._names = dict(before)
                self._block(node.finalbody)
                self._names = None
            else:
                self._block(node.finalbody)

    def _do_match(self, node: nodes.Match) -> None:
        self.of(node.subject)
        if self._names is None:
            return
        before = dict(self._names)
        out: Names | None = dict(before)
        for case in node.cases:
            self._names = dict(before)
            for name in case.pattern.nodes_of_class(nodes.AssignName):
                self.bind(name, UNKNOWN)
            if case.guard is not None:
                self.of(case.guard)
            self._block(case.body)
            out = _joined(out, self._names, by_tensor=False)
        self._names = out


def _kept(names: Names | None) -> Names | None:
    return dict(names) if names is not None else None


def _joined(one: Names | None, other: Names | None, *, by_tensor: bool) -> Names | None:
    """What names hold after one of two ways; a name that only one way gives a value may be without one."""
    if one is None:
        return other
    if other is None:
        return one
    out: Names = {}
    for name in {**one, **other}:
        a, b = one.get(name), other.get(name)
        if a is None or b is None:
            present = a or b
            assert present is not None
            if "." in name:
                continue
            out[name] = dataclasses.replace(present, unbound=True)
        elif a == b:
            out[name] = a
        else:
            out[name] = merged(a, b) if by_tensor else join(a, b)
    return out


def _path(node: nodes.NodeNG) -> str:
    """How an attribute of a name is spelled: `self.x`; empty for attributes of other expressions."""
    parts: list[str] = []
    inner = node
    while isinstance(inner, nodes.Attribute | nodes.AssignAttr):
        parts.append(inner.attrname)
        inner = inner.expr
    if not isinstance(inner, nodes.Name):
        return ""
    return ".".join([inner.name, *reversed(parts)])
