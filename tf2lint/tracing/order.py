"""In which order the code outside of traced functions calls these and changes what they read.

What a tf.function reads is a constant of its graph: a change between two calls is not seen by the second.
https://www.tensorflow.org/guide/function#depending_on_python_global_and_free_variables
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from astroid import nodes

from tf2lint import records as dataclasses
from tf2lint.inference import bindings
from tf2lint.inference.index import function_around, index_of
from tf2lint.inference.values import Class, Module, Object
from tf2lint.tracing import changes, lifetime, once, scopes
from tf2lint.tracing.calls import Place, is_self, passed
from tf2lint.tracing.changes import Change, How
from tf2lint.tracing.roots import place_of
from tf2lint.tracing.sites import sites_of
from tf2lint.tracing.traced import tracing_of

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

Scope: TypeAlias = nodes.Module | nodes.FunctionDef | nodes.Lambda

_DEEP = 4
_LOOPS = (nodes.For, nodes.While)
_OF_KERAS = "trainable"


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """Something that has a value: a name of a scope, or an attribute of the objects of a class.

    `content` says that it is about what a container holds, or about what an object is set to.
    """

    owner: nodes.NodeNG
    name: str
    content: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """What a node of eager code does: call some tf.functions, change the values of some keys."""

    node: nodes.NodeNG
    calls: frozenset[scopes.Function]
    keys: frozenset[Key]


_NONE: frozenset[scopes.Function] = frozenset()


def _either(some: frozenset[scopes.Function], more: frozenset[scopes.Function]) -> frozenset[scopes.Function]:
    return some | more if more else some


class Order:
    """The order of things in one module."""

    def __init__(self, ev: Evaluator, module: nodes.Module) -> None:
        self._ev = ev
        self._module = module
        self._calls = tracing_of(ev).calls
        self._traced = frozenset(traced.function for traced in tracing_of(ev).reached(module))
        self._sites = {site.call: site.made.function for site in sites_of(ev).of(module)}
        self._roots = {
            root.place.function for root in tracing_of(ev).roots.of(module) if root.reason == "a tf.function"
        } | set(self._sites.values())

    def stale(self) -> dict[scopes.Function, dict[Key, nodes.NodeNG]]:
        """For each tf.function the keys whose values are changed after a call, each with the change."""
        found: dict[scopes.Function, dict[Key, nodes.NodeNG]] = {}
        if not self._roots:
            return found
        for scope in (self._module, *index_of(self._ev, self._module).of_kind[nodes.FunctionDef]):
            if scope in self._traced:
                continue
            events = self._events(scope) if self._calls_some(scope) else []
            before = list(itertools.accumulate((event.calls for event in events), _either, initial=_NONE))
            after = list(itertools.accumulate((event.calls for event in reversed(events)), _either, initial=_NONE))
            for number, change in enumerate(events):
                around = before[number], after[len(events) - number - 1]
                for key in change.keys:
                    for root in self._called_around(events, change, key, scope, around):
                        found.setdefault(root, {}).setdefault(key, change.node)
            if isinstance(scope, nodes.FunctionDef) and scope.name not in ("__init__", "build"):
                for key, node in self._growing(scope):
                    for root in self._roots:
                        if not isinstance(root.parent.scope(), nodes.FunctionDef):
                            found.setdefault(root, {}).setdefault(key, node)
        return found

    def _growing(self, function: nodes.FunctionDef) -> Iterator[tuple[Key, nodes.NodeNG]]:
        """What a function that is not traced counts up or down: it is made to be called again."""
        for change in self._own_changes(function):
            if (
                change.how in (How.NAME, How.ATTRIBUTE)
                and _counts(change)
                and not once.is_guarded(self._ev, change.node, function)
            ):
                for key in self._keys(change, function):
                    if key.owner is not function:
                        yield key, change.node

    def _calls_some(self, scope: Scope) -> bool:
        """Whether anything in a scope runs a tf.function: what is changed there matters only then."""
        calls = (node for node in _own(scope) if isinstance(node, nodes.Call))
        return any(self._does(call, scope, _DEEP)[0] for call in calls)

    @staticmethod
    def _called_around(
        events: list[Event],
        change: Event,
        key: Key,
        scope: Scope,
        around: tuple[frozenset[scopes.Function], frozenset[scopes.Function]],
    ) -> Iterator[scopes.Function]:
        """The tf.functions that are called before a change and after it (`around`), in a loop also in other turns."""
        before, after = around
        loop = _loop_around(change.node)
        if loop is not None and (key.content or _varies(change.node, loop)):
            inside = {root for event in events if loop.parent_of(event.node) for root in event.calls}
            before, after = before | inside, after | inside
        for root in before & after | (change.calls & (before | after)):
            if loop is not None and loop.parent_of(root):
                continue  # Made anew in each turn.
            home = root.parent.scope() if not isinstance(root.parent, nodes.ClassDef) else root.parent.parent.scope()
            if isinstance(home, nodes.Module | nodes.ClassDef) or home is scope:
                yield root

    def objects(self) -> dict[tuple[scopes.Function, str], frozenset[nodes.ClassDef]]:
        """The classes of the objects that the parameters of tf.functions are given, as far as they are known."""
        found: dict[tuple[scopes.Function, str], frozenset[nodes.ClassDef]] = {}
        for call in index_of(self._ev, self._module).calls:
            for root in self._roots.intersection(self._targets(call, place_of(call))):
                for name in scopes.all_parameters(root):
                    given = passed(call, root, name)
                    values = self._ev.value_of(given) if given is not None else ()
                    known = frozenset(value.node for value in values if isinstance(value, Object | Class))
                    if known:
                        found[root, name] = found.get((root, name), frozenset()) | known
        return found

    # -- events -----------------------------------------------------------------------------------------------------

    def _events(self, scope: Scope) -> list[Event]:
        out = []
        for node in _own(scope):
            calls, keys = self._does(node, scope, _DEEP)
            if calls or keys:
                out.append(Event(node, frozenset(calls), frozenset(keys)))
        return out

    def _does(self, node: nodes.NodeNG, scope: Scope, deep: int) -> tuple[set[scopes.Function], set[Key]]:
        calls: set[scopes.Function] = set()
        keys: set[Key] = set()
        if isinstance(node, nodes.AssignName):
            owner = self._binder(node, scope)
            if owner is not None:
                keys.add(Key(owner, node.name))
        if isinstance(node, changes.KINDS):
            for change in changes.of(node, frozenset()):
                keys.update(self._keys(change, scope))
        if isinstance(node, nodes.Call):
            for target in self._targets(node, place_of(node)):
                if target in self._roots:
                    calls.add(target)
                elif deep and target not in self._traced and target.name != "__init__":
                    inner = self._of_function(target, deep - 1)
                    calls |= inner[0]
                    keys |= inner[1]
        return calls, keys

    def _of_function(self, function: scopes.Function, deep: int) -> tuple[set[scopes.Function], set[Key]]:
        def find() -> tuple[set[scopes.Function], set[Key]]:
            calls: set[scopes.Function] = set()
            keys: set[Key] = set()
            for node in _own(function):
                inner = self._does(node, function, deep)
                calls |= inner[0]
                keys |= {key for key in inner[1] if key.owner is not function}
            return calls, keys

        nothing: tuple[set[scopes.Function], set[Key]] = (set(), set())
        return self._ev.memo.once(("done by", function, deep), find, nothing)

    def _targets(self, call: nodes.Call, place: Place | None) -> Iterator[scopes.Function]:
        if call in self._sites:
            yield self._sites[call]
        yield from (target.function for target in self._calls.called(call, place))

    def _own_changes(self, function: scopes.Function) -> Iterator[Change]:
        outside = lifetime.outside(self._ev, function)
        for node in _own(function):
            if isinstance(node, changes.KINDS):
                yield from changes.of(node, outside)

    # -- keys -------------------------------------------------------------------------------------------------------

    def _binder(self, node: nodes.AssignName, scope: Scope) -> nodes.NodeNG | None:
        """The scope whose name an assignment gives a value."""
        if isinstance(scope, nodes.Module):
            return scope
        if node.name not in lifetime.outside(self._ev, scope):
            return scope if self._is_closed_over(node.name, scope) else None
        above = function_around(scope)
        while above is not None:
            if node.name in above.locals:
                return above
            above = function_around(above)
        return self._module

    def _is_closed_over(self, name: str, scope: scopes.Function) -> bool:
        """Whether a tf.function that lies in a function uses a name of it."""
        return any(scope.parent_of(root) and name not in root.locals for root in self._roots)

    def _keys(self, change: Change, scope: Scope) -> Iterator[Key]:
        if change.how is How.ATTRIBUTE:
            yield from self._of_attribute(change.holder, change.attribute, scope, content=False)
            if change.attribute == _OF_KERAS and isinstance(change.holder, nodes.Name):
                yield from self._of_name(change.holder, content=True)
        elif change.how is How.NAME:
            yield Key(self._module, change.path)
        elif change.how in (How.ITEM, How.METHOD) and isinstance(change.holder, nodes.Name):
            if change.method not in ("add", "update") or change.stored:
                yield from self._of_name(change.holder, content=True)
        elif change.how in (How.ITEM, How.METHOD) and isinstance(change.holder, nodes.Attribute):
            yield from self._of_attribute(change.holder.expr, change.holder.attrname, scope, content=True)

    def _of_name(self, node: nodes.Name, *, content: bool) -> Iterator[Key]:
        owner, _ = bindings.found(node, node.name)
        if owner is not None:
            yield Key(owner, node.name, content)

    def _of_attribute(self, node: nodes.NodeNG | None, name: str, scope: Scope, *, content: bool) -> Iterator[Key]:
        if node is None:
            return
        method = scope if not isinstance(scope, nodes.Module) else None
        cls = _class_around(scope)
        if method is not None and cls is not None and is_self(node, method):
            yield Key(cls, name, content)
            return
        for value in self._ev.value_of(node):
            if isinstance(value, Object | Class | Module):
                yield Key(value.node, name, content)


def _class_around(scope: Scope) -> nodes.ClassDef | None:
    return scopes.class_of(scope) if not isinstance(scope, nodes.Module) else None


def _own(scope: Scope) -> Iterator[nodes.NodeNG]:
    """The nodes that run when a scope runs; a statement that stores something comes after what it computes."""
    stack = [(node, False) for node in reversed(scope.body if isinstance(scope.body, list) else [scope.body])]
    while stack:
        node, done = stack.pop()
        if isinstance(node, nodes.FunctionDef | nodes.ClassDef | nodes.Lambda):
            continue
        storing = isinstance(node, nodes.Assign | nodes.AnnAssign | nodes.AugAssign)
        if done or not storing:
            yield node
        if done:
            continue
        children = list(node.get_children())
        if storing:
            stack.append((node, True))
            children.sort(key=lambda child: child is not node.value)
        stack.extend((child, False) for child in reversed(children))


def _counts(change: Change) -> bool:
    """Whether a change makes of a number another one."""
    return change.augmented or (change.repeats and any(isinstance(value, nodes.BinOp) for value in change.stored))


def _loop_around(node: nodes.NodeNG) -> nodes.NodeNG | None:
    above = node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.Lambda | nodes.Module):
        if isinstance(above, _LOOPS):
            return above
        above = above.parent
    return None


def _varies(node: nodes.NodeNG, loop: nodes.NodeNG) -> bool:
    """Whether a change in a loop gives another value in each turn."""
    if isinstance(loop, nodes.For) and (node is loop.target or loop.target.parent_of(node)):
        return True
    statement = node.statement()
    if isinstance(statement, nodes.AugAssign):
        return True
    return not isinstance(getattr(statement, "value", None), nodes.Const)


def order_of(ev: Evaluator, module: nodes.Module) -> dict[scopes.Function, dict[Key, nodes.NodeNG]]:
    """What is stale in the tf.functions of a module, computed once."""
    nothing: dict[scopes.Function, dict[Key, nodes.NodeNG]] = {}
    return ev.memo.once(("stale", module), lambda: Order(ev, module).stale(), nothing)


def objects_of(ev: Evaluator, module: nodes.Module) -> dict[tuple[scopes.Function, str], frozenset[nodes.ClassDef]]:
    """What kinds of objects the tf.functions of a module are given, computed once."""
    nothing: dict[tuple[scopes.Function, str], frozenset[nodes.ClassDef]] = {}
    return ev.memo.once(("given objects", module), lambda: Order(ev, module).objects(), nothing)
