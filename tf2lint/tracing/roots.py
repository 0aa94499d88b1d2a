"""Where tracing begins in a module: what makes a function traced, and whether AutoGraph converts it."""

from __future__ import annotations

import dataclasses
import enum
import operator
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import classes
from tf2lint.inference.index import FUNCTIONS, Index, function_around, index_of, last_name, parts
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import Class, Const, Function, Partial, TfName, TfResult, Value, Values, ordered
from tf2lint.tracing import callbacks, conversion, kinds, scopes
from tf2lint.tracing.calls import Calls, Place, passed
from tf2lint.tracing.scopes import class_of

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_ASSIGNED = frozenset((nodes.AssignAttr,))
_PLAIN = frozenset("staticmethod classmethod property setter abstractmethod wraps contextmanager override".split())
"""Decorators that need no look."""
_STEPS = frozenset("train_step test_step predict_step make_train_function make_test_function".split())
_BY_BASE = {
    "layers.Layer": frozenset(("call",)),
    "Layer": frozenset(("call",)),
    "Model": frozenset("call train_step test_step predict_step compute_loss compute_metrics".split()),
    "Loss": frozenset(("call",)),
    "Metric": frozenset(("update_state", "result")),
    "Optimizer": frozenset(("update_step",)),
    "losses": frozenset(("call",)),
    "optimizers.schedules": frozenset(("__call__",)),
    "optimizers": frozenset(("update_step",)),
    "regularizers": frozenset(("__call__",)),
    "constraints": frozenset(("__call__",)),
}
"""The methods that Keras traces under `fit`, by the class of Keras that they override, or by the module of that."""
OF_KERAS = "a method that Keras traces"
_NEVER_CONVERTED = _STEPS | {"compute_loss", "compute_metrics", "__call__", "update_step"}
_TAKES_FUNCTION = {
    "layers.Lambda": True,
    "metrics.MeanMetricWrapper": True,
    "losses.LossFunctionWrapper": True,
    "layers.Activation": False,
}
"""Classes of Keras whose first argument is a function that is traced, and whether Keras 2 converts it."""
_FOR_TENSORS = ("activation", "_regularizer", "_constraint")
"""How the keywords of layers end that take a function of one tensor. Run under Keras 2 and 3: none is converted."""
_MAKERS = frozenset((*(name.rpartition(".")[2] for name in _TAKES_FUNCTION), "compile", "add_endpoint"))
_BY_NAME = callbacks.DATASET_NAMES | _MAKERS | {"function", "vectorized_map"}
_OF_COMPILE = frozenset(("loss", "metrics", "weighted_metrics"))


class Role(enum.Enum):
    """What a root is to TensorFlow, which says what it is called with."""

    FUNCTION = "tf.function"
    DATASET = "Dataset callback"
    KERAS = "Keras method or callback"
    OTHER = "other"


@dataclasses.dataclass(frozen=True, slots=True)
class Root:
    """A function that something traces; `reason` says what it is, to be read after its name.

    `made_by` is the decorator or the call that makes it traced, `settings` the calls that hold a tf.function's options.
    Where a function of the project makes a tf.function that calls it, `through` are such, and `handed_as` the names by
    which they know it.
    """

    place: Place
    reason: str
    converted: bool | None
    role: Role = Role.OTHER
    made_by: nodes.NodeNG | None = None
    settings: tuple[nodes.Call, ...] = ()
    through: tuple[Root, ...] = ()
    handed_as: tuple[str, ...] = ()


class Roots:
    """Answers of one evaluator about where tracing begins."""

    def __init__(self, ev: Evaluator, calls: Calls) -> None:
        self._ev = ev
        self._calls = calls
        self._decorated_in: dict[nodes.ClassDef, tuple[tuple[str, nodes.FunctionDef], ...]] = {}
        self._assigned: dict[nodes.ClassDef, frozenset[str]] = {}

    def of(self, module: nodes.Module) -> tuple[Root, ...]:
        """The functions of a module, or that it hands on, that something in it traces; in the order of the source."""
        return self._ev.memo.once(("roots", module), lambda: tuple(self._of(module)), ())

    def of_class(self, cls: nodes.ClassDef) -> tuple[Root, ...]:
        """The methods of a class, its inherited ones included, that are traced, with its own objects as `self`."""
        return self._ev.memo.once(("roots of class", cls), lambda: tuple(self._of_class(cls)), ())

    def _of(self, module: nodes.Module) -> Iterator[Root]:
        index = index_of(self._ev, module)
        if self._ev.modes.graph_module(module):
            return
        self_eager = runs_eagerly(self._ev, module)
        if not self_eager:
            for function in index.of_kind[nodes.FunctionDef]:
                yield from self._decorated(function)
        for cls in index.of_kind[nodes.ClassDef]:
            for root in self.of_class(cls):
                if not self_eager:
                    yield root
        aliases = _aliases(index)
        spelled = _BY_NAME | aliases
        for call in index.calls:
            func = call.func
            # Most are seen by their spelling to be none of these.
            if last_name(func) in spelled or call.keywords or type(func) is nodes.Call:
                yield from self._by_call(call, aliases, eager=self_eager)
        if not self_eager:
            yield from self._handed_on(index)

    # -- decorators ---------------------------------------------------------------------------------------------------

    def _decorated(self, function: nodes.FunctionDef) -> Iterator[Root]:
        for decorator in scopes.decorators(function):
            name = last_name(decorator.func if isinstance(decorator, nodes.Call) else decorator)
            if name in _PLAIN:
                continue
            place = Place(function, class_of(function))
            if self.is_function(decorator):
                settings = tuple(self.settings(decorator))
                yield Root(
                    place, "a tf.function", self._converts(decorator, function), Role.FUNCTION, decorator, settings
                )
                return
            for maker in self._ev.value_of(decorator):
                if isinstance(maker, Function) and (way := self._traces_first(maker.node)):
                    converted = self._unless_left_alone(way[0], function)
                    yield Root(place, f"traced by `{scopes.name_of(maker.node)}`", converted)
                    return
            if isinstance(decorator, nodes.Call) and not decorator.args:
                # `@graph(autograph=True)`, where `graph(*args, **keywords)` hands all on to tf.function.
                for maker in self._calls_project(decorator):
                    if scopes.takes_any(maker) and self._traces_first(maker):
                        # Its own keywords may say how.
                        yield Root(place, f"traced by `{scopes.name_of(maker)}`", None)
                        return

    def _traces_first(self, function: scopes.Function) -> tuple[bool | None, ...]:
        """Whether the first argument that a function is given is converted; empty where it does not trace it."""
        first = scopes.VARIADIC if scopes.takes_any(function) else next(iter(scopes.parameters(function)), "")
        traced = self.traced_parameters(function)
        return (traced[first],) if first in traced else ()

    def _unless_left_alone(self, converted: bool | None, function: scopes.Function) -> bool | None:
        return False if self._calls.is_left_alone(function) else converted

    def is_function(self, node: nodes.NodeNG) -> bool:
        """Whether an expression is `tf.function`, with some arguments given or none, but no function."""
        if isinstance(node, nodes.Call) and any(_names_function(v) for v in self._ev.value_of(node.func)):
            return True
        return _all_functions(self._ev.value_of(node))

    def _converts(self, node: nodes.NodeNG, function: scopes.Function) -> bool | None:
        """Whether a `tf.function` converts what it traces."""
        return False if self._calls.is_left_alone(function) else self._autograph(node)

    def _autograph(self, node: nodes.NodeNG) -> bool | None:
        """Whether a `tf.function` is set to convert; None where that is not known."""
        for call in self.settings(node):
            for keyword in call.keywords:
                if keyword.arg == "autograph":
                    values = self._ev.value_of(keyword.value)
                    return None if len(values) != 1 else values != frozenset((Const(False),))
                if keyword.arg is None:
                    return None
        return True

    def settings(self, node: nodes.NodeNG) -> list[nodes.Call]:
        """The calls whose keywords say how a `tf.function`, given as a decorator or as a call, is set."""
        found = [node] if isinstance(node, nodes.Call) else []
        for inner in (node, *([node.func] if isinstance(node, nodes.Call) else [])):
            for value in self._ev.value_of(inner):
                if isinstance(value, Partial):
                    found.append(value.node)
            literal = self._ev.literal(inner)
            if isinstance(literal, nodes.Call) and literal not in found:
                found.append(literal)
        return found

    # -- calls --------------------------------------------------------------------------------------------------------

    def _by_call(self, call: nodes.Call, aliases: set[str], *, eager: bool) -> Iterator[Root]:
        name = last_name(call.func)
        if not eager and self._may_make_function(call, name, aliases):
            if _all_functions(self._ev.value_of(call.func)) or self.is_function(call.func):
                given = [k.value for k in call.keywords if k.arg == "func"] or call.args[:1]
                for node in given:
                    for target in self._calls.functions(node, place_of(call)):
                        converted, settings = self._converts(call, target.function), tuple(self.settings(call))
                        yield Root(target, "a tf.function", converted, Role.FUNCTION, call, settings)
        elif name in callbacks.DATASET_NAMES and isinstance(call.func, nodes.Attribute):
            if any(callbacks.of_dataset(value, call) for value in self._ev.value_of(call.func)):
                yield from self._of_dataset(call, name, place_of(call))
        elif not eager and name in _MAKERS:
            yield from self._of_keras_call(call, name, place_of(call))
        elif not eager and any((keyword.arg or "").endswith(_FOR_TENSORS) for keyword in call.keywords):
            yield from self._of_layer(call, place_of(call))
        elif not eager and name == "vectorized_map" and call.args and "tf.vectorized_map" in self._ev.dotted(call.func):
            for target in self._calls.functions(call.args[0], place_of(call)):
                if self._is_traced_with_another(target.function):
                    continue
                yield Root(target, "a callback of tf.vectorized_map", False, Role.DATASET, call)

    def _left_alone(self, function: scopes.Function) -> bool:
        """Whether what is handed on is not converted, by itself or with a tf.function that it is written in."""
        if self._is_traced_with_another(function):
            return False
        return self._calls.is_left_alone(function)

    def _is_traced_with_another(self, function: scopes.Function) -> bool:
        """Whether a function is written in a tf.function."""
        around = function_around(function)
        while around is not None:
            if isinstance(around, nodes.FunctionDef) and any(self.is_function(d) for d in scopes.decorators(around)):
                return True
            around = function_around(around)
        return False

    def _of_dataset(self, call: nodes.Call, name: str, place: Place | None) -> Iterator[Root]:
        for node in callbacks.handed(call):
            wrapped = isinstance(node, nodes.Call) and last_name(node.func) == "do_not_convert" and bool(node.args)
            for target in self._calls.functions(node.args[0] if wrapped else node, place):
                left = wrapped or name in callbacks.UNCONVERTED or self._left_alone(target.function)
                yield Root(target, f"a callback of Dataset.{name}", not left, Role.DATASET, call)

    def _of_layer(self, call: nodes.Call, place: Place | None) -> Iterator[Root]:
        """`Dense(1, activation=f)`."""
        if not any(
            isinstance(value, TfName) and (kinds.below_keras(value.name) or "").startswith("layers.")
            for value in self._ev.value_of(call.func)
        ):
            return
        for keyword in call.keywords:
            given = isinstance(keyword.value, nodes.Name | nodes.Attribute | nodes.Lambda)
            if given and (keyword.arg or "").endswith(_FOR_TENSORS):
                for target in self._calls.functions(keyword.value, place):
                    if target.receiver is None or not self._calls.keras_worlds(target.receiver):
                        yield Root(target, "a function that Keras traces", False, Role.KERAS, call)

    @staticmethod
    def _may_make_function(call: nodes.Call, name: str, aliases: set[str]) -> bool:
        return name == "function" or name in aliases or isinstance(call.func, nodes.Call)

    def _of_keras_call(self, call: nodes.Call, name: str, place: Place | None) -> Iterator[Root]:
        converts = True
        if name == "compile":
            if any(k.arg == "run_eagerly" for k in call.keywords):
                return
            given = [k.value for k in call.keywords if k.arg in _OF_COMPILE] + call.args[1:3]
            if not isinstance(call.func, nodes.Attribute) or not given:
                return
            worlds = self._model_worlds(call.func.expr)
        elif name == "add_endpoint":
            worlds = self._model_worlds(call.func.expr) if isinstance(call.func, nodes.Attribute) else 0
            given = call.args[1:2] + [k.value for k in call.keywords if k.arg == "fn"]
        else:
            values = self._ev.value_of(call.func)
            made = [v for v in values if isinstance(v, TfName) and kinds.below_keras(v.name) in _TAKES_FUNCTION]
            worlds = kinds.keras_worlds(made[0].name, made[0].worlds) if made else 0
            converts = not made or _TAKES_FUNCTION[kinds.below_keras(made[0].name) or ""]
            given = call.args[:1]
        if not worlds:
            return
        converted = conversion.of_keras(worlds) if converts else False
        while given:
            node = given.pop()
            if isinstance(node, nodes.List | nodes.Tuple):
                given.extend(node.elts)
            elif isinstance(node, nodes.Dict):
                given.extend(value for _, value in node.items)
            elif isinstance(node, nodes.Name | nodes.Attribute | nodes.Lambda):
                for target in self._calls.functions(node, place):
                    if self._calls.keras_worlds(target.receiver) if target.receiver else False:
                        continue  # A loss or metric of a class: its methods are roots already.
                    yield Root(target, "a function that Keras traces", converted, Role.KERAS, call)

    def _model_worlds(self, node: nodes.NodeNG) -> int:
        worlds = 0
        for value in self._ev.value_of(node):
            cls = classes.instance_of(self._ev, value)
            if cls is not None and kinds.below_keras(cls) is not None:
                worlds |= kinds.keras_worlds(cls, getattr(value, "worlds", 0) or self._ev.target)
        return worlds

    # -- classes ------------------------------------------------------------------------------------------------------

    def _of_class(self, cls: nodes.ClassDef) -> Iterator[Root]:
        bases = classes.bases(self._ev, cls)
        chain = [cls, *(base.node for base in bases if isinstance(base, Class))]
        for number, owner in enumerate(chain):
            for name, method in self._decorated_methods(owner) if owner is not cls else ():
                if not any(name in nearer.locals for nearer in chain[:number]):
                    for root in self._decorated(method):
                        yield dataclasses.replace(root, place=Place(method, cls))
        yield from self._of_keras_class(cls, bases)

    def _decorated_methods(self, cls: nodes.ClassDef) -> tuple[tuple[str, nodes.FunctionDef], ...]:
        """The methods of a class that have decorators, by name."""
        if cls not in self._decorated_in:
            self._decorated_in[cls] = tuple(_with_decorators(cls))
        return self._decorated_in[cls]

    def _assigned_in(self, cls: nodes.ClassDef) -> frozenset[str]:
        """The attributes, of whatever object, that the code of a class gives a value."""
        if cls not in self._assigned:
            self._assigned[cls] = frozenset(target.attrname for target in parts(cls, _ASSIGNED))
        return self._assigned[cls]

    def _of_keras_class(self, cls: nodes.ClassDef, bases: tuple[Value, ...]) -> Iterator[Root]:
        named: set[str] = set()
        worlds = 0
        for base in bases:
            if isinstance(base, TfName) and kinds.below_keras(base.name) is not None:
                worlds |= kinds.keras_worlds(base.name, base.worlds)
                named |= _traced_methods(base)
        if not named or _says_dynamic(cls):
            return
        chain = [cls, *(base.node for base in bases if isinstance(base, Class))]
        # A method that the class replaces in its objects, as by one that goes through tf.py_function, is not run.
        replaced = (name for name in named if any(name in self._assigned_in(owner) for owner in chain))
        for name in sorted(named.difference(replaced)):
            for owner in chain:
                bound = owner.locals.get(name)
                if bound and isinstance(bound[0], nodes.FunctionDef):
                    if any(self.is_function(decorator) for decorator in scopes.decorators(bound[0])):
                        break  # A root already.
                    by_keras = False if name in _NEVER_CONVERTED else conversion.of_keras(worlds)
                    left = self._calls.is_left_alone(bound[0])
                    converted = False if left else by_keras
                    yield Root(Place(bound[0], cls), OF_KERAS, converted, Role.KERAS)
                    break

    # -- functions of the project that trace what they are given -----------------------------------------------------

    def _handed_on(self, index: Index) -> Iterator[Root]:
        """`make_step(loss)`, where `make_step` makes a tf.function that calls `loss`."""
        names = {function.name for function in index.of_kind[nodes.FunctionDef]}
        names.update(alias or name for node in index.from_imports for name, alias in node.names)
        for call in index.calls:
            if not callbacks.may_hand(call, names):
                continue
            given = [n for n in callbacks.handed(call) if isinstance(n, nodes.Lambda) or last_name(n) in names]
            if not given:
                continue
            place = place_of(call)
            if not any(self._calls.functions(argument, place) for argument in given):
                continue  # What a function makes of its parameters takes longest to see.
            for maker in self._calls_project(call):
                for parameter, converted in sorted(self.traced_parameters(maker).items(), key=operator.itemgetter(0)):
                    argument = passed(call, maker, parameter)
                    if argument is None:
                        continue
                    for target in self._calls.functions(argument, place):
                        way = self._unless_left_alone(converted, target.function)
                        yield Root(
                            target,
                            f"traced by `{scopes.name_of(maker)}`",
                            way,
                            made_by=argument,
                            through=self._made_by(maker),
                            handed_as=self._names_of(maker, parameter),
                        )

    def _calls_project(self, call: nodes.Call) -> Iterator[scopes.Function]:
        for value in ordered(self._ev.value_of(call.func)):
            if isinstance(value, Function):
                yield value.node
            elif isinstance(value, Class):
                for made in classes.attribute(self._ev, value, "__init__"):
                    if isinstance(made, Function):
                        yield made.node

    def traced_parameters(self, function: scopes.Function) -> Mapping[str, bool | None]:
        """The parameters of a function that it makes traced: `tf.function(p)`, or a tf.function that calls `p`.

        With each stands whether AutoGraph converts what is passed, None where that is not known.
        """
        nothing: dict[str, bool | None] = {}
        names = scopes.all_parameters(function)
        if not isinstance(function, nodes.FunctionDef) or not (names or scopes.takes_any(function)):
            return nothing
        key = ("traced parameters", function)
        return self._ev.memo.once(key, lambda: self._known_ways(function, names), nothing)

    def _known_ways(self, function: nodes.FunctionDef, names: set[str]) -> dict[str, bool | None]:
        out: dict[str, bool | None] = {}
        for name, converted in self._traced_parameters(function, names):
            out[name] = converted if out.get(name, converted) is converted else None
        return out

    def _traced_parameters(self, function: nodes.FunctionDef, names: set[str]) -> Iterator[tuple[str, bool | None]]:
        for call in parts(function, _CALLS):
            yield from self._hands_parameter(call, names)
            if scopes.takes_any(function) and self._hands_all_on(call, function):
                yield scopes.VARIADIC, self._autograph(call)
        seen: set[tuple[Place, bool | None]] = set()
        waiting = [(root.place, root.converted) for root in self._made_in(function)]
        while waiting:
            place, converted = waiting.pop()
            if (place, converted) in seen:
                continue
            seen.add((place, converted))
            for site in self._calls.sites(place.function):
                for wanted in self._calls.wanted(site.call.func, place):
                    if wanted.function is function:
                        yield wanted.parameter, converted
            for edge in self._calls.edges(place):
                waiting.append((edge.target, callbacks.converted_by(edge.converted, converted)))

    def _made_by(self, function: scopes.Function) -> tuple[Root, ...]:
        """What a function makes traced."""
        if not isinstance(function, nodes.FunctionDef):
            return ()
        return self._ev.memo.once(("made by", function), lambda: tuple(self._made_in(function)), ())

    def _names_of(self, function: scopes.Function, parameter: str) -> tuple[str, ...]:
        """The names by which what a function makes knows a parameter: its own, and `self.x` where it is kept there."""
        cls = class_of(function)
        found = classes.assigned(self._ev, cls) if cls is not None else {}
        kept = (
            f"{target.expr.as_string()}.{name}"
            for name, targets in found.items()
            for target, _ in targets
            if function.parent_of(target) and last_name(getattr(target.parent, "value", target)) == parameter
        )
        return (parameter, *kept)

    def _made_in(self, function: nodes.FunctionDef) -> Iterator[Root]:
        """What a function makes traced in its own body, and, for a constructor, in its class."""
        cls = class_of(function)
        for inner in parts(function, FUNCTIONS):
            if inner is not function:
                yield from self._decorated(inner)
        for call in parts(function, _CALLS):
            yield from self._by_call(call, {"function"}, eager=False)
        if cls is not None and function.name == "__init__":
            for method in cls.mymethods():
                yield from self._decorated(method)
            for assigned in (a for found in classes.assigned(self._ev, cls).values() for a, _ in found):
                value = getattr(assigned.parent, "value", None)
                if isinstance(value, nodes.Call) and function_around(value) is not function:
                    yield from self._by_call(value, {"function"}, eager=False)

    def _hands_all_on(self, call: nodes.Call, function: scopes.Function) -> bool:
        """Whether a call is `tf.function(*args)` with all that a function takes."""
        first = call.args[0] if call.args else None
        all_of = isinstance(first, nodes.Starred) and last_name(first.value) == function.args.vararg
        return all_of and _all_functions(self._ev.value_of(call.func))

    def _hands_parameter(self, call: nodes.Call, names: set[str]) -> Iterator[tuple[str, bool | None]]:
        given = [n for n in callbacks.handed(call) if isinstance(n, nodes.Name) and n.name in names]
        if not given:
            return
        if self.is_function(call.func) or _all_functions(self._ev.value_of(call.func)):
            yield from ((n.name, self._autograph(call)) for n in given if n in call.args[:1])
            return
        if any(callbacks.of_dataset(value, call) for value in self._ev.value_of(call.func)):
            yield from ((n.name, call.func.attrname not in callbacks.UNCONVERTED) for n in given)
            return
        for maker in self._calls_project(call):
            for parameter, converted in self.traced_parameters(maker).items():
                argument = passed(call, maker, parameter)
                if isinstance(argument, nodes.Name) and argument in given:
                    yield argument.name, converted


_CALLS = frozenset((nodes.Call,))


def _names_function(value: Value) -> bool:
    if isinstance(value, Partial):
        return any(_names_function(target) for target in value.target)
    return isinstance(value, TfName) and legacy(value.name) == ("tf", "function")


def _all_functions(values: Values) -> bool:
    """Whether values are `tf.function`, bare or prepared: `functools.partial(tf.function, …)`, `tf.function(…)`."""
    return any(_names_function(v) or (isinstance(v, TfResult) and v.of == "tf.function") for v in values)


def _aliases(index: Index) -> set[str]:
    """Names by which a module may mean `tf.function`: imported, assigned, or made by `partial`."""
    found = {alias for node in index.from_imports for name, alias in node.names if name == "function" and alias}
    sources = [*index.attributes_by_name.get("function", ()), *index.called("partial", "function")]
    for node in sources:
        if isinstance(node.parent, nodes.Assign):
            found.update(_target_name(target) for target in node.parent.targets)
    return found


def _target_name(target: nodes.NodeNG) -> str:
    return str(getattr(target, "attrname", "") or getattr(target, "name", ""))


def _traced_methods(base: TfName) -> frozenset[str]:
    name = kinds.below_keras(base.name) or ""
    if kinds.is_model(base.name, base.worlds):
        return _BY_BASE["Model"]
    if kinds.is_layer(base.name, base.worlds):
        return _BY_BASE["Layer"]
    if kinds.is_metric(base.name, base.worlds):
        return _BY_BASE["Metric"]
    return _BY_BASE.get(name) or _BY_BASE.get(name.rpartition(".")[0], frozenset())


def _says_dynamic(cls: nodes.ClassDef) -> bool:
    keywords = (keyword for call in cls.nodes_of_class(nodes.Call) for keyword in call.keywords)
    return any(keyword.arg in ("dynamic", "run_eagerly") and _is_true(keyword) for keyword in keywords)


def runs_eagerly(ev: Evaluator, module: nodes.Module) -> bool:
    """Whether a module switches tracing off for all that runs with it."""
    return ev.memo.once(("runs eagerly", module), lambda: _runs_eagerly(index_of(ev, module)), False)


def _runs_eagerly(index: Index) -> bool:
    for call in index.called("run_functions_eagerly", "experimental_run_functions_eagerly"):
        given = call.args[0] if call.args else call.keywords[0].value if call.keywords else None
        if isinstance(given, nodes.Const) and given.value is True:
            return True
    return any(_is_true(k) for call in index.called("compile") for k in call.keywords if k.arg == "run_eagerly")


def _is_true(keyword: nodes.Keyword) -> bool:
    return isinstance(keyword.value, nodes.Const) and keyword.value.value is True


def place_of(node: nodes.NodeNG) -> Place | None:
    """The function in whose body a node lies, with the class whose `self` it sees."""
    function = function_around(node)
    if function is None:
        return None
    method: scopes.Function | None = function
    while method is not None and class_of(method) is None:
        method = function_around(method)
    return Place(function, class_of(method) if method is not None else None)


def _with_decorators(cls: nodes.ClassDef) -> Iterator[tuple[str, nodes.FunctionDef]]:
    for name, bound in cls.locals.items():
        if isinstance(bound[0], nodes.FunctionDef) and bound[0].decorators is not None:
            yield name, bound[0]
