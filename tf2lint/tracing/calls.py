"""What a function calls: each of its calls once, and the functions of the project that they run."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.index import function_around
from tf2lint.inference.values import (
    Class,
    Const,
    Function,
    Generator,
    Object,
    Partial,
    Super,
    TfName,
    Value,
    Values,
    only,
    ordered,
)
from tf2lint.tracing import callbacks, conversion, kinds, scopes
from tf2lint.tracing.callbacks import Converted
from tf2lint.tracing.scopes import class_of, decorator_names, own_nodes

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_INIT_SCOPES = frozenset(("tf.init_scope", "tf.compat.v1.init_scope"))
_RUN = frozenset((Function, Partial, Class, Object))
"""The kinds of values that run code of the project when they are called."""
_MANY = 6
"""A call that may run more functions than this says nothing of any of them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A function, and the class whose instance `self` is in it, which may derive from the one that defines it."""

    function: scopes.Function
    receiver: nodes.ClassDef | None


@dataclasses.dataclass(frozen=True, slots=True)
class Site:
    """A call in the body of a function. `lifted` says that it stands in `with tf.init_scope()`."""

    call: nodes.Call
    lifted: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Edge:
    """A function that a function runs, and where. `at` is the call, or the attribute that is a property."""

    target: Place
    at: nodes.NodeNG
    lifted: bool
    converted: Converted


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A parameter of a function that is called: whoever calls that function decides what runs."""

    function: scopes.Function
    parameter: str


class Calls:
    """Answers of one evaluator about what functions call."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev

    # -- one function -----------------------------------------------------------------------------------------------

    def sites(self, function: scopes.Function) -> tuple[Site, ...]:
        """The calls in the body of a function that the program can make while it traces."""
        return self._ev.memo.once(("sites", function), lambda: tuple(self._sites(function)), ())

    def _sites(self, function: scopes.Function) -> Iterator[Site]:
        for node in own_nodes(function):
            if isinstance(node, nodes.Call) and not self._ev.modes.only_eager(node, function):
                yield Site(node, self.is_lifted(node, function))

    def is_lifted(self, node: nodes.NodeNG, function: scopes.Function) -> bool:
        """Whether a node of a function stands in `with tf.init_scope()`."""
        child, above = node, node.parent
        while above is not None and child is not function:
            if isinstance(above, nodes.With) and child in above.body:
                for context, _ in above.items:
                    if self.is_init_scope(context):
                        return True
            child, above = above, above.parent
        return False

    def is_init_scope(self, context: nodes.NodeNG) -> bool:
        """Whether `with` enters `tf.init_scope()`, however it is spelled."""
        return isinstance(context, nodes.Call) and bool(self._ev.dotted(context.func) & _INIT_SCOPES)

    def edges(self, place: Place) -> tuple[Edge, ...]:
        """The functions of the project that a function runs when it is traced."""
        return self._ev.memo.once(("edges", place), lambda: tuple(self._edges(place)), ())

    def _edges(self, place: Place) -> Iterator[Edge]:
        for site in self.sites(place.function):
            for target in self.called(site.call, place):
                yield Edge(target, site.call, site.lifted, self.conversion_of(target, place, call=site.call))
            yield from self._callbacks(site, place)
        yield from self._properties(place)
        if "custom_gradient" in decorator_names(place.function):
            for node in scopes.body_of(place.function):
                if isinstance(node, nodes.FunctionDef):
                    yield Edge(Place(node, place.receiver), node, False, Converted.AS_CALLER)

    def conversion_of(
        self, target: Place, caller: Place, way: Converted = Converted.AS_CALLER, call: nodes.NodeNG | None = None
    ) -> Converted:
        """Whether AutoGraph converts a function of the project that traced code calls, or hands to what calls it."""
        own = self._of_itself(target.function) or self._of_wrapper(call)
        if own is not None:
            return own
        if way is Converted.IN_CONTEXT:
            left = self.is_left_alone(target.function)
            return Converted.NO if left and not conversion.lies_in(target.function, caller.function) else way
        if conversion.lies_in(target.function, caller.function):
            return Converted.AS_CALLER
        if way is not Converted.AS_CALLER:
            return way
        if self.is_left_alone(target.function):
            return Converted.NO
        if getattr(target.function, "name", "") == "call" and target.receiver is not None:
            worlds = self.keras_worlds(target.receiver)
            if worlds:
                by_keras = conversion.of_keras(worlds)
                return Converted.UNSURE if by_keras is None else Converted.IN_CONTEXT if by_keras else Converted.NO
        return Converted.AS_CALLER

    def is_left_alone(self, function: scopes.Function) -> bool:
        """Whether AutoGraph does not convert a function because of what it is or has in it."""
        key = ("left alone", function)
        return self._ev.memo.once(key, lambda: conversion.is_left_alone(function, self._ev.target), False)

    def _of_itself(self, function: scopes.Function) -> Converted | None:
        """What a function that is a tf.function itself says, whoever calls it; None for others."""
        for decorator in scopes.decorators(function):
            called = isinstance(decorator, nodes.Call)
            values = self._ev.value_of(decorator.func if called else decorator)
            if not any(isinstance(value, TfName) and value.name.endswith(".function") for value in values):
                continue
            if self.is_left_alone(function):
                return Converted.NO
            return self._as_set(decorator) if called else Converted.YES
        return None

    def _of_wrapper(self, call: nodes.NodeNG | None) -> Converted | None:
        """What `tf.function(step)` says, where that is what a call calls."""
        made = self._ev.literal(call.func) if isinstance(call, nodes.Call) else None
        if isinstance(made, nodes.Call):
            values = self._ev.value_of(made.func)
            if values and all(isinstance(value, TfName) and value.name.endswith(".function") for value in values):
                return self._as_set(made)
        return None

    def _as_set(self, call: nodes.Call) -> Converted:
        """Whether a call of tf.function asks for conversion."""
        given = [keyword for keyword in call.keywords if keyword.arg in ("autograph", None)]
        if not given:
            return Converted.YES
        said = self._ev.value_of(given[0].value) if given[0].arg is not None else frozenset[Value]()
        return Converted.NO if said == frozenset((Const(False),)) else Converted.UNSURE

    def keras_worlds(self, cls: nodes.ClassDef) -> int:
        """The worlds in which a class derives from one of Keras; 0 for others."""
        worlds = 0
        for base in classes.tf_bases(self._ev, cls):
            worlds |= kinds.keras_worlds(base.name, base.worlds)
        return worlds

    def _callbacks(self, site: Site, place: Place) -> Iterator[Edge]:
        values = ordered(self.values(site.call.func, place))
        ways = {way for value in values if (way := callbacks.within_trace(value)) is not None}
        if callbacks.of_replica(site.call):
            ways.add(Converted.IN_CONTEXT)
        if not ways:
            yield from self._passed_on(site, place)
            return
        way = ways.pop() if len(ways) == 1 else Converted.UNSURE
        for node in callbacks.handed(site.call):
            for target in self.functions(node, place):
                yield Edge(target, site.call, site.lifted, self.conversion_of(target, place, way))

    def _passed_on(self, site: Site, place: Place) -> Iterator[Edge]:
        """Functions that a call hands to a function of the project which calls them."""
        if all(isinstance(node, nodes.Call) for node in callbacks.handed(site.call)):
            return
        for target in self.called(site.call, place):
            for parameter in sorted(self.called_parameters(target.function)):
                argument = passed(site.call, target.function, parameter)
                for function in self.functions(argument, place) if argument is not None else ():
                    yield Edge(function, site.call, site.lifted, self.conversion_of(function, place))

    def _properties(self, place: Place) -> Iterator[Edge]:
        method = self._method(place.function)
        if method is None or place.receiver is None:
            return
        known = self._property_names(place.receiver)
        if not known:
            return
        for node in own_nodes(place.function):
            if isinstance(node, nodes.Attribute) and node.attrname in known and is_self(node.expr, method):
                yield Edge(Place(known[node.attrname], place.receiver), node, False, Converted.NO)

    def property_of(self, cls: nodes.ClassDef, name: str) -> nodes.FunctionDef | None:
        """The function behind a property."""
        return self._property_names(cls).get(name)

    def _property_names(self, cls: nodes.ClassDef) -> dict[str, nodes.FunctionDef]:
        return self._ev.memo.once(("properties", cls), lambda: self._find_properties(cls), {})

    def _find_properties(self, cls: nodes.ClassDef) -> dict[str, nodes.FunctionDef]:
        found: dict[str, nodes.FunctionDef] = {}
        for owner in (Class(cls), *classes.bases(self._ev, cls)):
            if isinstance(owner, Class):
                for name, bound in owner.node.locals.items():
                    if isinstance(bound[0], nodes.FunctionDef) and classes.is_property(bound[0]):
                        found.setdefault(name, bound[0])
        return found

    # -- what an expression runs when it is called --------------------------------------------------------------------

    def called(self, call: nodes.Call, place: Place | None) -> tuple[Place, ...]:
        """The functions of the project that a call runs."""
        return self._ev.memo.once(("called", call, place), lambda: tuple(self._run_by(call.func, place)), ())

    def functions(self, node: nodes.NodeNG, place: Place | None) -> tuple[Place, ...]:
        """The functions of the project that an expression may be; an instance that can be called is one."""
        return tuple(t for t in self._run_by(node, place) if getattr(t.function, "name", "") != "__init__")

    def _run_by(self, node: nodes.NodeNG, place: Place | None) -> list[Place]:
        found: list[Place] = []
        values = [value for value in ordered(self.values(node, place)) if type(value) in _RUN]
        owner = self._owner(node, place) if values else None
        for value in values:
            found += self._bodies(value, owner, place)
        unique = list(dict.fromkeys(found))
        return unique if len(unique) <= _MANY else []

    def values(self, node: nodes.NodeNG, place: Place | None) -> Values:
        """What an expression may denote, `self` being what the place says."""
        if place is not None and place.receiver is not None and isinstance(node, nodes.Attribute):
            receiver = place.receiver
            method = self._method(place.function)
            if method is not None and class_of(method) is not receiver and is_self(node.expr, method):
                return self._ev.attribute(only(Object(receiver)), node.attrname)
        return self._ev.value_of(node)

    def _owner(self, node: nodes.NodeNG, place: Place | None) -> nodes.ClassDef | None:
        """The class of the object that a method is looked up on."""
        if not isinstance(node, nodes.Attribute):
            return None
        if place is not None:
            method = self._method(place.function)
            if method is not None and is_self(node.expr, method):
                return place.receiver
        found = [v for v in ordered(self._ev.value_of(node.expr)) if isinstance(v, Object | Class | Super)]
        if any(isinstance(value, Super) for value in found):
            return place.receiver if place is not None else None
        return found[0].node if len(found) == 1 else None

    def _bodies(self, value: Value, owner: nodes.ClassDef | None, place: Place | None) -> list[Place]:
        if isinstance(value, Function):
            if conversion.runs_as_python(value.node):
                return []
            return [Place(value.node, self._receiver(value.node, owner, place))]
        if isinstance(value, Generator):
            return []
        if isinstance(value, Partial):
            return [body for target in ordered(value.target) for body in self._bodies(target, None, place)]
        if isinstance(value, Class):
            if self.keras_worlds(value.node):
                return []  # Making a Keras object is an effect of its own.
            return self._methods(value, "__init__")
        if isinstance(value, Object):
            return self._methods(value, "__call__") or self._methods(value, "call")
        return []

    def _methods(self, value: Class | Object, name: str) -> list[Place]:
        found = classes.attribute(self._ev, value, name)
        return [Place(v.node, value.node) for v in ordered(found) if isinstance(v, Function)]

    def _receiver(
        self, function: scopes.Function, owner: nodes.ClassDef | None, place: Place | None
    ) -> nodes.ClassDef | None:
        method = self._method(function)
        if method is None:
            return None
        if place is not None and method is self._method(
            place.function
        ):  # A function inside of the method that uses it.
            return place.receiver
        cls = class_of(method)
        if owner is not None and owner is not cls and Class(cls) in classes.bases(self._ev, owner):
            return owner
        return cls

    @staticmethod
    def _method(function: scopes.Function) -> scopes.Function | None:
        """The method whose `self` a function sees: itself, or one that it lies in."""
        found: scopes.Function | None = function
        while found is not None and class_of(found) is None:
            found = function_around(found)
        return found

    def is_own(self, node: nodes.NodeNG, place: Place) -> bool:
        """Whether an expression is the `self` of the method that a place lies in."""
        method = self._method(place.function)
        return method is not None and is_self(node, method)

    def place_of(self, function: scopes.Function, place: Place | None) -> Place:
        """A function that lies in another one, or beside it, with what `self` is in it."""
        return Place(function, self._receiver(function, None, place))

    # -- functions as arguments ---------------------------------------------------------------------------------------

    def wanted(self, node: nodes.NodeNG, place: Place) -> tuple[Wanted, ...]:
        """The parameters that an expression holds, directly or through `self.name = parameter`."""
        if isinstance(node, nodes.Name):
            scope, statements = bindings.found(node, node.name)
            if any(isinstance(s.parent, nodes.Arguments) for s in statements) and isinstance(
                scope, nodes.Lambda | nodes.FunctionDef
            ):
                return (Wanted(scope, node.name),)
        elif isinstance(node, nodes.Attribute) and place.receiver is not None:
            method = self._method(place.function)
            if method is not None and is_self(node.expr, method):
                return tuple(self._stored(place.receiver, node.attrname))
        return ()

    def _stored(self, cls: nodes.ClassDef, name: str) -> Iterator[Wanted]:
        for owner in (Class(cls), *classes.bases(self._ev, cls)):
            if not isinstance(owner, Class):
                continue
            for target, _ in classes.assigned(self._ev, owner.node).get(name, ()):
                value = getattr(target.parent, "value", None)
                method = function_around(target)
                if isinstance(value, nodes.Name) and method is not None and value.name in scopes.all_parameters(method):
                    yield Wanted(method, value.name)

    def called_parameters(self, function: scopes.Function) -> frozenset[str]:
        """The parameters of a function that it, or a function inside of it, calls or hands to what calls them."""
        nothing: dict[scopes.Function, frozenset[str]] = {}
        known = self._ev.memo.once("called parameters", lambda: nothing, nothing)
        if function not in known:
            found, settled = self._ev.memo.settled(lambda: self._called_below(function, known))
            if not settled:
                return found[function]
            known.update(found)
        return known[function]

    def _called_below(
        self, function: scopes.Function, known: dict[scopes.Function, frozenset[str]]
    ) -> dict[scopes.Function, frozenset[str]]:
        """The same for a function and all that it hands its parameters on to, however far."""
        called: dict[scopes.Function, set[str]] = {function: set()}
        handing: dict[Wanted, list[Wanted]] = {}
        waiting = [function]
        reached: list[Wanted] = []
        while waiting:
            one = waiting.pop()
            for own, to in self._handed_on(one):
                if to is None or to.parameter in known.get(to.function, ()):
                    reached.append(own)
                    continue
                handing.setdefault(to, []).append(own)
                if to.function not in called and to.function not in known:
                    called[to.function] = set()
                    waiting.append(to.function)
        while reached:
            own = reached.pop()
            if own.parameter not in called[own.function]:
                called[own.function].add(own.parameter)
                reached += handing.get(own, ())
        return {one: frozenset(names) for one, names in called.items()}

    def _handed_on(self, function: scopes.Function) -> Iterator[tuple[Wanted, Wanted | None]]:
        """The parameters that a function calls (None), or hands on: each as the parameter of another function."""
        names = scopes.all_parameters(function)
        place = Place(function, class_of(function))
        for call in function.nodes_of_class(nodes.Call) if names else ():
            if isinstance(call.func, nodes.Name) and call.func.name in names:
                yield Wanted(function, call.func.name), None
            given = {n.name for n in callbacks.handed(call) if isinstance(n, nodes.Name) and n.name in names}
            if not given:
                continue
            if any(callbacks.within_trace(value) for value in self._ev.value_of(call.func)):
                yield from ((Wanted(function, name), None) for name in given)
                continue
            for target in self.called(call, place):
                for parameter in scopes.all_parameters(target.function):
                    argument = passed(call, target.function, parameter)
                    if isinstance(argument, nodes.Name) and argument.name in given:
                        yield Wanted(function, argument.name), Wanted(target.function, parameter)


def is_self(node: nodes.NodeNG, method: scopes.Function) -> bool:
    """Whether an expression is the first parameter of a method."""
    names = scopes.parameters(method)
    return isinstance(node, nodes.Name) and bool(names) and node.name == names[0]


def passed(call: nodes.Call, function: scopes.Function, parameter: str) -> nodes.NodeNG | None:
    """The argument that a call passes for a parameter of a function of the project."""
    if parameter == scopes.VARIADIC:
        return call.args[0] if call.args and not isinstance(call.args[0], nodes.Starred) else None
    for keyword in call.keywords:
        if keyword.arg == parameter:
            return keyword.value
    names = scopes.parameters(function)
    bound = class_of(function) is not None and not bindings.decorated_with(function, "staticmethod")
    if parameter not in names:
        return None
    place = names.index(parameter) - bound
    if not 0 <= place < len(call.args) or any(isinstance(a, nodes.Starred) for a in call.args[: place + 1]):
        return None
    return call.args[place]
