"""The calls of tf.functions: which tf.function a call runs, what reaches its parameters, and how often it is run.

Where `tracing/calls.py` follows what a function runs once it is traced, this looks from outside: from the code that
calls what `tf.function` made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes, scan
from tf2lint.inference.index import function_around, index_of, last_name
from tf2lint.inference.scalars import loops
from tf2lint.inference.values import Class, External, Function, Module, Object, Value, canonical, ordered
from tf2lint.tracing import scopes
from tf2lint.tracing.calls import Calls, passed
from tf2lint.tracing.roots import Roots, place_of
from tf2lint.tracing.scopes import class_of

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_DEEP = 6
"""So many callers of callers, and names for names, are followed."""
_POSITIONS = {"input_signature": 1, "autograph": 2}
_OWNERS: frozenset[type[Value]] = frozenset((Module, Object, Class))
_CALLED: frozenset[type[Value]] = frozenset((Object,))
_OTHERS = frozenset((Function, Class, External))
"""What is surely not `tf.function` itself."""
DIRECT = frozenset(("__call__", "get_concrete_function", "experimental_get_compiler_ir"))
"""Methods of what `tf.function` makes that take the arguments of the function."""


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """What `tf.function` makes of a function. `maker` is the decorator, or the call that is handed the function."""

    function: scopes.Function
    maker: nodes.NodeNG
    decorated: bool


@dataclasses.dataclass(frozen=True, slots=True)
class CallSite:
    """A call of what `tf.function` made. `owner` is the expression whose method it is, if it is one's."""

    call: nodes.Call
    made: Made
    owner: nodes.NodeNG | None

    def argument(self, parameter: str) -> nodes.NodeNG | None:
        """The argument that reaches a parameter; None where none does, or it is not known."""
        return passed(self.call, self.made.function, parameter)

    def arguments(self) -> Iterator[tuple[str, nodes.NodeNG]]:
        """The parameters that an argument reaches, each with it; for more of them the name of `*args`."""
        function = self.made.function
        names = [*scopes.parameters(function)]
        if class_of(function) is not None and not bindings.decorated_with(function, "staticmethod"):
            names = names[1:]
        for place, argument in enumerate(self.call.args):
            if isinstance(argument, nodes.Starred):
                break
            yield names[place] if place < len(names) else str(function.args.vararg or ""), argument
        for keyword in self.call.keywords:
            if keyword.arg is not None:
                yield keyword.arg, keyword.value


class Sites:
    """Answers of one evaluator about the calls of tf.functions."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._calls = Calls(ev)
        self._roots = Roots(ev, self._calls)

    # -- which tf.function an expression is ---------------------------------------------------------------------------

    def made(self, node: nodes.NodeNG) -> tuple[Made, ...]:
        """The tf.functions that an expression may be; none if it may as well be something else."""
        nothing: tuple[Made, ...] = ()
        return self._ev.memo.once(("made", node), lambda: self._distinct(self._made(node, _DEEP)), nothing)

    @staticmethod
    def _distinct(found: Iterable[Made | None]) -> tuple[Made, ...]:
        listed = list(dict.fromkeys(found))
        return () if None in listed else tuple(made for made in listed if made is not None)

    def _made(self, node: nodes.NodeNG | None, deep: int) -> Iterator[Made | None]:
        """The same, None standing for what is no tf.function or not known; `None` in the program is no alternative."""
        if node is None or not deep:
            yield None
        elif isinstance(node, nodes.Name):
            scope, statements = bindings.found(node, node.name)
            yield from self._bound(statements, node.name, deep) if scope is not None else (None,)
        elif isinstance(node, nodes.Attribute):
            yield from self._attribute(node, deep)
        elif isinstance(node, nodes.Call):
            yield from self._called(node, deep)
        elif isinstance(node, nodes.IfExp):
            yield from self._made(node.body, deep - 1)
            yield from self._made(node.orelse, deep - 1)
        elif not (isinstance(node, nodes.Const) and node.value is None):
            yield None

    def _alternatives(self, node: nodes.NodeNG) -> list[Value | None]:
        return [*ordered(self._ev.value_of(node))] or [None]

    def _bound(self, statements: list[nodes.NodeNG], name: str, deep: int) -> Iterator[Made | None]:
        for statement in statements:
            parent = statement.parent
            if isinstance(statement, nodes.FunctionDef):
                yield self.decorated(statement)
            elif isinstance(statement, nodes.ImportFrom):
                yield from self._imported(statement, name, deep)
            elif isinstance(statement, nodes.AssignName) and isinstance(
                parent, nodes.Assign | nodes.AnnAssign | nodes.NamedExpr
            ):
                yield from self._made(parent.value, deep - 1)
            elif isinstance(parent, nodes.Arguments):
                yield from self._handed_in(parent.parent, name, deep)
            else:
                yield None

    def _handed_in(self, function: scopes.Function, name: str, deep: int) -> Iterator[Made | None]:
        """What the calls of a function hand to a parameter."""
        calls = self.callers(function) if deep > 1 else ()
        for call in calls:
            yield from self._made(passed(call, function, name), deep - 1)
        if not calls:
            yield None

    def _imported(self, statement: nodes.ImportFrom, name: str, deep: int) -> Iterator[Made | None]:
        owner = self._ev.modules.absolute(statement)
        real = bindings.imported_name(self._ev, statement, name)
        module = None if owner is None or canonical(owner) else self._ev.modules.load(owner, statement.root())
        if module is None or module is statement.root():
            yield None
        else:
            yield from self._bound(module.locals.get(real, []) or [module], real, deep - 1)

    def _attribute(self, node: nodes.Attribute, deep: int) -> Iterator[Made | None]:
        for value in self._alternatives(node.expr):
            if isinstance(value, Module):
                yield from self._bound(
                    value.node.locals.get(node.attrname, []) or [value.node], node.attrname, deep - 1
                )
            elif isinstance(value, Object | Class):
                yield from self._member(value, node.attrname, deep)
            else:
                yield None

    def _member(self, value: Object | Class, name: str, deep: int) -> Iterator[Made | None]:
        known = False
        chain = [base for base in (Class(value.node), *classes.bases(self._ev, value.node)) if isinstance(base, Class)]
        for owner in chain:
            for target, by_class in classes.assigned(self._ev, owner.node).get(name, ()):
                if by_class or isinstance(value, Object):
                    known = True
                    yield from self._made(getattr(target.parent, "value", None), deep - 1)
        for owner in chain:
            if name in owner.node.locals:
                yield from self._bound(owner.node.locals[name], name, deep)
                return
        if not known:
            yield None

    def _called(self, node: nodes.Call, deep: int) -> Iterator[Made | None]:
        if self.takes_function(node.func):
            for function in self._functions(_handed(node), deep):
                yield Made(function, node, decorated=False)
            return
        for value in self._alternatives(node.func):
            if isinstance(value, Function) and isinstance(value.node, nodes.FunctionDef):
                for statement in value.node._get_return_nodes_skip_functions():
                    yield from self._made(statement.value, deep - 1)
            else:
                yield None

    def _functions(self, node: nodes.NodeNG, deep: int) -> Iterator[scopes.Function]:
        """The functions of the project that an expression may be, a parameter by the calls that are seen."""
        found = self._calls.functions(node, place_of(node))
        yield from (place.function for place in found)
        if found or not isinstance(node, nodes.Name) or not deep:
            return
        scope, statements = bindings.found(node, node.name)
        if scope is not None and any(isinstance(statement.parent, nodes.Arguments) for statement in statements):
            for call in self.callers(scope):
                given = passed(call, scope, node.name)
                if given is not None:
                    yield from self._functions(given, deep - 1)

    def takes_function(self, node: nodes.NodeNG) -> bool:
        """Whether an expression is `tf.function`, bare or prepared, which still has to be handed the function."""
        if isinstance(node, nodes.Call) and self._roots.is_function(node.func):
            return _handed(node) is node
        return self._roots.is_function(node)

    def is_function(self, node: nodes.NodeNG) -> bool:
        """Whether an expression is `tf.function`, with some arguments given or none, but no function."""
        return self._roots.is_function(node)

    def decorated(self, function: nodes.FunctionDef) -> Made | None:
        """What the decorators of a function make of it, if one is `tf.function`."""
        for decorator in scopes.decorators(function):
            if self._roots.is_function(decorator):
                return Made(function, decorator, decorated=True)
        return None

    def setting(self, made: Made, keyword: str) -> nodes.NodeNG | None:
        """What `tf.function` was given for a keyword; the `**` that may hold it; None where it was not given."""
        for call in self._roots.settings(made.maker):
            place = _POSITIONS.get(keyword)
            if place is not None and len(call.args) > place and self.takes_function(call.func):
                return call.args[place]
            for given in call.keywords:
                if given.arg in (keyword, None):
                    return given.value if given.arg else given
        return None

    # -- the calls ----------------------------------------------------------------------------------------------------

    def of(self, module: nodes.Module) -> tuple[CallSite, ...]:
        """The calls in a module that run a tf.function, in the order of the source."""
        return self._ev.memo.once(("call sites", module), lambda: tuple(self._of(module)), ())

    def _of(self, module: nodes.Module) -> Iterator[CallSite]:
        if not self.concern(module):
            return
        for call in index_of(self._ev, module).calls:
            site = self.site(call)
            if site is not None:
                yield site

    def concern(self, module: nodes.Module) -> bool:
        """Whether a module, or one that it imports, or one that hands names on to that, spells `tf.function`."""
        return self._ev.memo.once(("concern", module), lambda: self._concern(module), False)

    def _concern(self, module: nodes.Module) -> bool:
        modules = self._ev.modules
        return self._spells_function(module) or any(
            tree is not None and self._spells_function(tree)
            for tree in map(modules.read, modules.spelled_near(module, scan.FUNCTION))
        )

    def at(self, call: nodes.Call) -> CallSite | None:
        """The same for one call of a module."""
        module = call.root()
        nothing: dict[nodes.Call, CallSite] = {}
        key = ("call sites by call", module)
        return self._ev.memo.once(key, lambda: {site.call: site for site in self.of(module)}, nothing).get(call)

    def calling(self, module: nodes.Module, function: scopes.Function) -> list[nodes.Call]:
        """The calls in a module of what `tf.function` made of a function."""
        nothing: dict[scopes.Function, list[nodes.Call]] = {}
        key = ("calls of tf.functions", module)
        return self._ev.memo.once(key, lambda: self._by_function(module), nothing).get(function, [])

    def _by_function(self, module: nodes.Module) -> dict[scopes.Function, list[nodes.Call]]:
        found: dict[scopes.Function, list[nodes.Call]] = {}
        for site in self.of(module):
            found.setdefault(site.made.function, []).append(site.call)
        return found

    def site(self, call: nodes.Call) -> CallSite | None:
        """A call as one of a tf.function, if it surely is one's."""
        callee = call.func
        if isinstance(callee, nodes.Attribute):
            if callee.attrname in DIRECT and self.made(callee.expr):
                callee = callee.expr
            elif not (self._may_be(callee.expr, _OWNERS) or self._may_be(callee, _CALLED)):
                return None  # As most: of TensorFlow's own, of a list, of what is not known.
        made = self.made(callee) or self._distinct(self._objects(callee))
        if len(made) != 1:
            return None
        return CallSite(call, made[0], self._owner(callee, made[0]))

    def _may_be(self, node: nodes.NodeNG, kinds: frozenset[type[Value]]) -> bool:
        """Whether all that an expression may denote is of these kinds."""
        return all(type(value) in kinds for value in self._ev.value_of(node))

    @staticmethod
    def _owner(callee: nodes.NodeNG, made: Made) -> nodes.NodeNG | None:
        if class_of(made.function) is None:
            return None
        by_call = getattr(made.function, "name", "") == "__call__"
        return callee if by_call else callee.expr if isinstance(callee, nodes.Attribute) else None

    def _objects(self, callee: nodes.NodeNG) -> Iterator[Made | None]:
        """`model(x)`, where `__call__` of the project's class is a tf.function."""
        for value in self._alternatives(callee):
            if isinstance(value, Object):
                yield from self._member(value, "__call__", _DEEP)
            else:
                yield None

    def _spells_function(self, module: nodes.Module) -> bool:
        return self._ev.memo.once(("spells function", module), lambda: self._may_spell_function(module), True)

    def _may_spell_function(self, module: nodes.Module) -> bool:
        index = index_of(self._ev, module)
        return (
            any(map(self._may_be_function, index.attributes_by_name.get("function", ())))
            or any(
                name == "function" and scan.may_have_function(node.modname)
                for node in index.from_imports
                for name, _ in node.names
            )
            or any("function" in call.as_string() for call in index.called("getattr"))
        )

    def _may_be_function(self, node: nodes.Attribute) -> bool:
        """Whether `x.function` may be TensorFlow's, and is not something of the project or of another package."""
        values = self._ev.value_of(node)
        return not values or any(type(value) not in _OTHERS for value in values)

    # -- how often ----------------------------------------------------------------------------------------------------

    def callers(self, function: scopes.Function) -> tuple[nodes.Call, ...]:
        """The calls in the function's own module that surely run it, or hand it to nobody knows whom."""
        module = function.root()
        nothing: dict[nodes.NodeNG, tuple[nodes.Call, ...]] = {}
        return self._ev.memo.once(("callers", module), lambda: self._callers(module), nothing).get(function, ())

    def _callers(self, module: nodes.Module) -> dict[nodes.NodeNG, tuple[nodes.Call, ...]]:
        index = index_of(self._ev, module)
        names = {function.name for function in index.of_kind[nodes.FunctionDef]}
        special = names & {"__call__", "call", "__init__"}
        found: dict[nodes.NodeNG, list[nodes.Call]] = {}
        for call in index.calls:
            if last_name(call.func) not in names and not (special and self._may_be_object(call)):
                continue
            for place in self._calls.called(call, place_of(call)):
                found.setdefault(place.function, []).append(call)
        return {function: tuple(calls) for function, calls in found.items()}

    @staticmethod
    def _may_be_object(call: nodes.Call) -> bool:
        return isinstance(call.func, nodes.Name | nodes.Attribute | nodes.Call)

    def repeated(self, node: nodes.NodeNG, deep: int = _DEEP) -> nodes.NodeNG | None:
        """The innermost loop that runs a node again and again: around it, or around a call of its function."""
        loop = next(loops(node), None)
        function = function_around(node)
        if loop is not None or function is None or not deep:
            return loop
        return self._ev.memo.once(("repeated", function, deep), lambda: self._repeats(function, deep), None)

    def _repeats(self, function: scopes.Function, deep: int) -> nodes.NodeNG | None:
        """The innermost loop around a call of a function."""
        for call in self.callers(function):
            if not (function is call or function.parent_of(call)):
                loop = self.repeated(call, deep - 1)
                if loop is not None:
                    return loop
        return None


def _handed(call: nodes.Call) -> nodes.NodeNG:
    """What a call of `tf.function` is handed; the call itself where that is nothing yet."""
    given = [k.value for k in call.keywords if k.arg == "func"] or call.args[:1]
    return given[0] if given else call


def sites_of(ev: Evaluator) -> Sites:
    """The one `Sites` of an evaluator."""
    found = ev.memo.once("sites", lambda: Sites(ev), None)
    return found if found is not None else Sites(ev)


def call_sites(ev: Evaluator, function: scopes.Function, module: nodes.Module | None = None) -> tuple[nodes.Call, ...]:
    """The calls of what `tf.function` made of a function, in its own module and in one that is named besides."""
    modules = [function.root(), *([module] if module is not None and module is not function.root() else [])]
    sites = sites_of(ev)
    return tuple(call for one in modules for call in sites.calling(one, function))
