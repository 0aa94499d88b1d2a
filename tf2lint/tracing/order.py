"""In which order the code outside of traced functions calls these and changes what they read.

What a tf.function reads is a constant of its graph: a change between two calls is not seen by the second.
https://www.tensorflow.org/guide/function#depending_on_python_global_and_free_variables
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from astroid import nodes

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


class _Timeline:
    """What the code of a scope does, one event after the other."""

    def __init__(self, scope: Scope, events: list[Event]) -> None:
        self._scope = scope
        self._events = events
        self._first: dict[scopes.Function, int] = {}
        self._last: dict[scopes.Function, int] = {}
        self._turns: dict[nodes.NodeNG, set[scopes.Function]] = {}
        """The tf.functions that each loop calls and does not make anew in each turn."""
        for number, event in enumerate(events):
            for root in event.calls:
                self._first.setdefault(root, number)
                self._last[root] = number
            for loop in _loops_around(event.node) if event.calls else ():
                self._turns.setdefault(loop, set()).update(event.calls)
        for loop, roots in self._turns.items():
            roots.difference_update([root for root in roots if loop.parent_of(root)])

    def stale(self) -> Iterator[tuple[scopes.Function, Key, nodes.NodeNG]]:
        """The tf.functions that are called before a change and after it, in a loop also in other turns."""
        # Those that were called and will be called again.
        around: set[scopes.Function] = set()
        for number, event in enumerate(self._events):
            around.difference_update(root for root in event.calls if self._last[root] == number)
            loop = next(_loops_around(event.node), None) if event.keys else None
            for key in event.keys:
                for root in self._called_around(event, key, loop, around):
                    yield root, key, event.node
            around.update(root for root in event.calls if number < self._last[root])

    def _called_around(
        self, change: Event, key: Key, loop: nodes.NodeNG | None, around: set[scopes.Function]
    ) -> Iterator[scopes.Function]:
        again = [root for root in change.calls if self._first[root] != self._last[root]]
        turns: set[scopes.Function] = set()
        if loop is not None and (key.content or _varies(change.node, loop)):
            turns = self._turns.get(loop, turns)
        for root in around.union(again, turns):
            if root not in turns and loop is not None and loop.parent_of(root):
                continue  # Made anew in each turn.
            home = root.parent.scope() if not isinstance(root.parent, nodes.ClassDef) else root.parent.parent.scope()
            if isinstance(home, nodes.Module | nodes.ClassDef) or home is self._scope:
                yield root


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
        self._roots_within: dict[nodes.NodeNG, list[scopes.Function]] = {}
        for root in self._roots:
            for above in root.node_ancestors():
                if isinstance(above, nodes.FunctionDef | nodes.Lambda):
                    self._roots_within.setdefault(above, []).append(root)

    def stale(self) -> dict[scopes.Function, dict[Key, nodes.NodeNG]]:
        """For each tf.function the keys whose values are changed after a call, each with the change."""
        found: dict[scopes.Function, dict[Key, nodes.NodeNG]] = {}
        if not self._roots:
            return found
        for scope in (self._module, *index_of(self._ev, self._module).of_kind[nodes.FunctionDef]):
            if scope in self._traced:
                continue
            for root, key, node in _Timeline(scope, self._events(scope)).stale() if self._calls_some(scope) else ():
                found.setdefault(root, {}).setdefault(key, node)
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
        return any(name not in root.locals for root in self._roots_within.get(scope, ()))

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


def _loops_around(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    above = node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.Lambda | nodes.Module):
        if isinstance(above, _LOOPS):
            yield above
        above = above.parent


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
