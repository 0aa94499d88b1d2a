"""The project's classes: their bases, and what an attribute of a class, an instance or `super()` may be."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, calls
from tf2lint.inference.index import index_of
from tf2lint.inference.values import (
    NOTHING,
    Class,
    External,
    Object,
    Super,
    TfInstance,
    TfMember,
    TfName,
    Unknown,
    Value,
    Values,
    known,
    only,
    ordered,
    union,
    unknown,
)

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_PROPERTIES = ("property", "cached_property", "lazy_property", "define_scope", "lazy")


def bases(ev: Evaluator, node: nodes.ClassDef) -> tuple[Value, ...]:
    """All that a class derives from: the project's classes nearest first, what lies beyond the border last."""
    return ev.memo.once(("bases", node), lambda: _bases(ev, node), ())


def _bases(ev: Evaluator, node: nodes.ClassDef) -> tuple[Value, ...]:
    own: list[Value] = []
    outside: list[Value] = []
    for base in node.bases:
        for value in ordered(ev.value_of(base)):
            if isinstance(value, Class):
                if value.node is node:
                    continue
                for inherited in (value, *bases(ev, value.node)):
                    (own if isinstance(inherited, Class) else outside).append(inherited)
            elif value != External("builtins.object"):
                outside.append(value)
    return tuple(dict.fromkeys([*own, *outside]))


def tf_bases(ev: Evaluator, node: nodes.ClassDef) -> tuple[TfName, ...]:
    """The classes of TensorFlow that a class derives from, directly or through the project's own."""
    return tuple(base for base in bases(ev, node) if isinstance(base, TfName))


def attribute(ev: Evaluator, value: Class | Object | Super, name: str) -> Values:
    """What an attribute of a class, of an instance or of `super()` may be.

    An instance's attributes are the union of what its methods assign; the class's own come after those.
    """
    members = _members(ev, value.node, above=isinstance(value, Super))
    out = NOTHING
    for target, by_class in members.assigned.get(name, ()):
        if by_class or not isinstance(value, Class):
            out |= bindings.target_of_attribute(ev, target)
    owner = members.owners.get(name)
    if owner is not None:
        return out | _declared(ev, owner, name, of_instance=not isinstance(value, Class))
    opaque = False
    for base in members.outside:
        if isinstance(base, TfName):
            return known(out) or only(TfMember(base.name, name, base.worlds, on_subclass=True))
        opaque = opaque or isinstance(base, External | Unknown)
    return out or unknown("attribute beyond an unknown base" if opaque else "no such attribute")


@dataclasses.dataclass(frozen=True, slots=True)
class _Members:
    """What a class has from itself and from what it derives from, the nearest first.

    `assigned` is what methods assign by the names of attributes, `owners` says which class declares a name itself,
    `outside` is what lies beyond the border.
    """

    assigned: dict[str, list[tuple[nodes.AssignAttr, bool]]]
    owners: dict[str, nodes.ClassDef]
    outside: tuple[Value, ...]


def _members(ev: Evaluator, node: nodes.ClassDef, *, above: bool) -> _Members:
    """All that a class has; what it has from `above` it for `super()`."""
    return ev.memo.once(("members", node, above), lambda: _collect_members(ev, node, above=above), _Members({}, {}, ()))


def _collect_members(ev: Evaluator, node: nodes.ClassDef, *, above: bool) -> _Members:
    chain = bases(ev, node)
    own = [base.node for base in chain if isinstance(base, Class)]
    by_name: dict[str, list[tuple[nodes.AssignAttr, bool]]] = {}
    owners: dict[str, nodes.ClassDef] = {}
    for cls in own if above else (node, *own):
        for name, targets in assigned(ev, cls).items():
            by_name.setdefault(name, []).extend(targets)
        for name in cls.locals:
            owners.setdefault(name, cls)
    return _Members(by_name, owners, tuple(base for base in chain if not isinstance(base, Class)))


def _declared(ev: Evaluator, node: nodes.ClassDef, name: str, *, of_instance: bool) -> Values:
    statements = node.locals[name]
    if of_instance and all(isinstance(s, nodes.FunctionDef) and is_property(s) for s in statements):
        return union(calls.returned(ev, s) for s in statements)
    return bindings.of(ev, statements, name)


def is_property(node: nodes.FunctionDef) -> bool:
    """Whether a method is read like an attribute, so that its value is what it returns."""
    return bindings.decorated_with(node, *_PROPERTIES, "setter", "deleter")


def assigned(ev: Evaluator, node: nodes.ClassDef) -> dict[str, list[tuple[nodes.AssignAttr, bool]]]:
    """The assignments to `self.name` in the methods of a class, and to `cls.name` (True) in its class methods."""
    return ev.memo.once(("assigned", node), lambda: _collect_assigned(ev, node), {})


def _collect_assigned(ev: Evaluator, node: nodes.ClassDef) -> dict[str, list[tuple[nodes.AssignAttr, bool]]]:
    module = node.root()
    in_methods = ev.memo.once(("assigned in methods", module), lambda: _assigned_in_methods(ev, module), None) or {}
    found: dict[str, list[tuple[nodes.AssignAttr, bool]]] = {}
    for method in node.body:
        if not isinstance(method, nodes.FunctionDef) or bindings.decorated_with(method, "staticmethod"):
            continue
        by_class = bindings.decorated_with(method, "classmethod")
        positional = [*(method.args.posonlyargs or []), *(method.args.args or [])]
        if not positional:
            continue
        own_name = positional[0].name
        for target in in_methods.get(method, ()):
            if target.expr.name == own_name:
                found.setdefault(target.attrname, []).append((target, by_class))
    return found


def _assigned_in_methods(ev: Evaluator, module: nodes.Module) -> dict[nodes.NodeNG, list[nodes.AssignAttr]]:
    """The assignments to attributes of names, by the methods that they stand in, however deep."""
    found: dict[nodes.NodeNG, list[nodes.AssignAttr]] = {}
    for target in index_of(ev, module).assigned_attributes:
        above = target.parent if isinstance(target.expr, nodes.Name) else None
        while above is not None:
            if isinstance(above, nodes.FunctionDef) and isinstance(above.parent, nodes.ClassDef):
                found.setdefault(above, []).append(target)
            above = above.parent
    return found


def instance_of(ev: Evaluator, value: Value) -> str | None:
    """The class of TensorFlow that a value is an instance of, its project subclasses included."""
    if isinstance(value, TfInstance):
        return value.cls
    if isinstance(value, Object):
        named = tf_bases(ev, value.node)
        return named[0].name if named else None
    return None
