"""The nodes of a module that anybody asks for, by kind."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from astroid import nodes

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

T = TypeVar("T")


class Index:
    """Each list is in the order of the source: what a line needs of earlier ones is known when it is looked at."""

    def __init__(self) -> None:
        self.names: list[nodes.Name] = []
        self.attributes: list[nodes.Attribute] = []
        self.calls: list[nodes.Call] = []
        self.imports: list[nodes.Import] = []
        self.from_imports: list[nodes.ImportFrom] = []
        self.assigned_attributes: list[nodes.AssignAttr] = []
        self.of_kind: dict[type[nodes.NodeNG], list[nodes.NodeNG]] = {
            nodes.Name: self.names,
            nodes.Attribute: self.attributes,
            nodes.Call: self.calls,
            nodes.Import: self.imports,
            nodes.ImportFrom: self.from_imports,
            nodes.AssignAttr: self.assigned_attributes,
            nodes.AsyncFunctionDef: [],
            nodes.AugAssign: [],
            nodes.BinOp: [],
            nodes.Call: self.calls,
            nodes.ClassDef: [],
            nodes.Compare: [],
            nodes.Comprehension: [],
            nodes.Dict: [],
            nodes.For: [],
            nodes.FunctionDef: [],
            nodes.Global: [],
            nodes.Lambda: [],
            nodes.Set: [],
            nodes.Subscript: [],
        }

    @functools.cached_property
    def calls_by_name(self) -> dict[str, list[nodes.Call]]:
        """The calls by the last name of what is called, those of what has none by the empty one."""
        return _grouped(self.calls, lambda call: last_name(call.func))

    @functools.cached_property
    def names_by_name(self) -> dict[str, list[nodes.Name]]:
        """The places that read a name, by that."""
        return _grouped(self.names, operator.attrgetter("name"))

    @functools.cached_property
    def attributes_by_name(self) -> dict[str, list[nodes.Attribute]]:
        """The places that read an attribute, by its name."""
        return _grouped(self.attributes, operator.attrgetter("attrname"))

    def called(self, *names: str) -> list[nodes.Call]:
        """The calls of what is spelled with one of these as its last name."""
        return [call for name in names for call in self.calls_by_name.get(name, ())]

    @classmethod
    def of(cls, module: nodes.Module) -> Index:
        """The index of a module from a walk over its tree."""
        index = cls()
        kept = index.of_kind
        for node in parts(module, frozenset(kept)):
            kept[type(node)].append(node)
        return index


def _grouped(found: Iterable[T], name_of: Callable[[T], str]) -> dict[str, list[T]]:
    """Nodes by a name, in the order in which they are given."""
    by_name: dict[str, list[T]] = {}
    for node in found:
        by_name.setdefault(name_of(node), []).append(node)
    return by_name


_LEAVES = frozenset((nodes.Name, nodes.Const, nodes.AssignName))


def parts(node: nodes.NodeNG, kinds: frozenset[type[nodes.NodeNG]]) -> Iterator[nodes.NodeNG]:
    """The nodes of exactly these kinds in a tree, in the order of the source: `nodes_of_class`, in half the time."""
    stack = [node]
    while stack:
        one = stack.pop()
        kind = type(one)
        if kind in kinds:
            yield one
        if kind not in _LEAVES:
            stack.extend(reversed(list(one.get_children())))


def function_around(node: nodes.NodeNG) -> nodes.FunctionDef | nodes.Lambda | None:
    """The function in whose body a node lies; None at the top of a module or class."""
    child, above = node, node.parent
    while above is not None:
        kind = type(above)
        if kind in FUNCTIONS and child.is_statement:  # Not a default, a decorator, an annotation.
            return above
        if kind is nodes.Lambda and child is above.body:
            return above
        child, above = above, above.parent
    return None


FUNCTIONS = frozenset((nodes.FunctionDef, nodes.AsyncFunctionDef))


def last_name(node: nodes.NodeNG) -> str:
    """The last part of how an expression is spelled: `run` of `session.run`; empty for what is no name."""
    kind = type(node)
    if kind is nodes.Attribute:
        attribute: str = node.attrname
        return attribute
    name: str = node.name if kind is nodes.Name else ""
    return name


def index_of(ev: Evaluator, module: nodes.Module) -> Index:
    """The index of a module, made once: as a rule when its tree was built."""
    kept = ev.modules.index(module)
    if kept is not None:
        return kept
    found = ev.memo.once(("index", module), lambda: Index.of(module), None)
    return found if found is not None else Index.of(module)


def bound_within(ev: Evaluator, node: nodes.NodeNG) -> frozenset[str]:
    """The names that anything below a node assigns."""
    key = ("bound within", node)
    return ev.memo.once(key, lambda: frozenset(one.name for one in node.nodes_of_class(nodes.AssignName)), _NO_NAMES)


def defined_within(ev: Evaluator, node: nodes.NodeNG) -> frozenset[str]:
    """The names of the functions that anything below a node defines."""
    key = ("defined within", node)
    return ev.memo.once(key, lambda: frozenset(one.name for one in node.nodes_of_class(nodes.FunctionDef)), _NO_NAMES)


def declared_within(ev: Evaluator, node: nodes.NodeNG) -> frozenset[str]:
    """The names that anything below a node declares `global` or `nonlocal`."""

    def find() -> frozenset[str]:
        declared = node.nodes_of_class((nodes.Global, nodes.Nonlocal))
        return frozenset(name for statement in declared for name in statement.names)

    return ev.memo.once(("declared within", node), find, _NO_NAMES)


_NO_NAMES: frozenset[str] = frozenset()
