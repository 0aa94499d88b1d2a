"""The runs of one module's traced code: each function once for each way of calling it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference import calls as inference_calls
from tf2lint.inference.values import TfName, Value, Values, ordered
from tf2lint.tracing import scopes
from tf2lint.tracing.abstract import Abstract, Origin, container, python
from tf2lint.tracing.calls import Calls, Place
from tf2lint.tracing.outside import Outside
from tf2lint.tracing.results import Given
from tf2lint.tracing.run import Context, Run
from tf2lint.tracing.sites import call_sites

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_BUDGET = 400_000
"""So many expressions of one module's traced code are looked at; of the rest nothing is known."""
_CONTEXTS = 5
"""In so many ways one function is followed; a further way is followed without knowing its arguments."""
_DEEP = 14
"""So many calls inside each other are followed."""

GENERIC = Context()


class Runs:
    """The runs that the traced code of one module needs."""

    def __init__(self, ev: Evaluator, calls: Calls, module: nodes.Module) -> None:
        self.module = module
        self.ev = ev
        self.calls = calls
        self.outside = Outside(ev, calls)
        self.spent = 0
        self.heap: dict[tuple[nodes.ClassDef, str], dict[nodes.NodeNG, Abstract]] = {}
        """What traced code puts into the attributes of objects, by the place that does."""
        self._known: dict[tuple[Place, Context, bool | None, bool], Run] = {}
        self._open: list[Place] = []
        self._contexts: dict[Place, set[Context]] = {}
        self._ways: dict[Place, list[tuple[tuple[str, Abstract], ...]]] = {}

    @property
    def exhausted(self) -> bool:
        """Whether so much has been looked at that nothing more is."""
        return self.spent > _BUDGET

    def of(self, place: Place, context: Context, *, converted: bool | None, lifted: bool) -> Run | None:
        """The run of a function; None where it is under way already, or too deep."""
        key = (place, context, converted, lifted)
        found = self._known.get(key)
        if found is not None:
            return found
        if len(self._open) >= _DEEP or self._open.count(place) > 1:
            return None
        made = Run(self, place, context, converted=converted, lifted=lifted)
        if self._open.count(place):
            return None
        self._open.append(place)
        try:
            made.follow()
        finally:
            self._open.pop()
        self._known[key] = made
        return made

    def unfollowed(self, place: Place, *, converted: bool | None, lifted: bool) -> Run:
        """The run of a function of which nothing is known."""
        return Run(self, place, GENERIC, converted=converted, lifted=lifted)

    def admitted(self, target: Place, context: Context) -> Context:
        """The context itself, or the one that says nothing where a function has been followed in many."""
        known = self._contexts.setdefault(target, set())
        if context not in known and len(known) >= _CONTEXTS:
            return GENERIC
        known.add(context)
        return context

    # -- arguments --------------------------------------------------------------------------------------------------

    def ways(self, place: Place) -> list[tuple[tuple[str, Abstract], ...]]:
        """What the parameters of a tf.function hold in its calls, each way once."""
        if place not in self._ways:
            every = (self.bound(place, self.outside.given(call)) for call in self.call_sites(place.function))
            self._ways[place] = list(dict.fromkeys(every))
        return self._ways[place]

    def bound(self, target: Place, given: Given) -> tuple[tuple[str, Abstract], ...]:
        """What the parameters of a function hold in a call."""
        function = target.function
        names = scopes.parameters(function)
        if scopes.class_of(function) is not None and not bindings.decorated_with(function, "staticmethod"):
            names = names[1:]
        out = dict(zip(names, given.positional, strict=False))
        rest = given.positional[len(names) :]
        takes = scopes.all_parameters(function)
        out.update({name: value for name, value in given.keywords.items() if name in takes})
        arguments = function.args
        if arguments.vararg and not given.open:
            out[arguments.vararg] = container("tuple", rest)
        if arguments.kwarg:
            out[arguments.kwarg] = python("dict", Origin.FRESH)
        if not given.open:
            for name in {*names, *scopes.all_parameters(function)} - set(out):
                default = self.default(function, name)
                if default is not None:
                    out[name] = default
        return tuple(sorted(out.items()))

    def default(self, function: scopes.Function, name: str) -> Abstract | None:
        """What a parameter is that nothing is passed for; None where it has no default."""
        target = next((p for p in function.locals.get(name, ()) if isinstance(p.parent, nodes.Arguments)), None)
        node = bindings.default_of(target, function.args) if target is not None else None
        return self.outside.of(node) if node is not None else None

    # -- what the evaluator knows -----------------------------------------------------------------------------------

    def values(self, node: nodes.NodeNG, place: Place | None) -> list[Value]:
        """What the evaluator says of an expression, `self` being what the place says."""
        return ordered(self.calls.values(node, place))

    def entered(self, context: nodes.NodeNG) -> Values:
        """What `with` binds."""
        return inference_calls.entered(self.ev, context)

    def tf_bases(self, cls: nodes.ClassDef) -> tuple[TfName, ...]:
        """The classes of TensorFlow that a class of the project derives from."""
        return classes.tf_bases(self.ev, cls)

    def call_sites(self, function: scopes.Function) -> tuple[nodes.Call, ...]:
        """The calls of a tf.function, in its own module and in the one that is looked at."""
        return call_sites(self.ev, function, self.module)

    def free_names(self, function: scopes.Function) -> tuple[str, ...]:
        """The names that a function uses and does not bind itself."""
        return self.ev.memo.once(("free names", function), lambda: self._free_names(function), ())

    @staticmethod
    def _free_names(function: scopes.Function) -> tuple[str, ...]:
        bound = set(function.locals)
        outer: set[str] = set()
        for node in function.nodes_of_class((nodes.Name, nodes.Nonlocal)):
            if isinstance(node, nodes.Nonlocal):
                outer.update(node.names)
            elif node.name not in bound:
                outer.add(node.name)
        return tuple(sorted(outer))
