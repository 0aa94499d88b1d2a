"""The project's classes: their bases, and what an attribute of a class, an instance or `super()` may be."""

from __future__ import annotations

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
    owners = _owners(ev, value, name)
    out = NOTHING
    for owner in owners:
        for target, by_class in assigned(ev, owner).get(name, ()):
            if by_class or not isinstance(value, Class):
                out |= bindings.target_of_attribute(ev, target)
    for owner in owners:
        if name in owner.locals:
            return out | _declared(ev, owner, name, of_instance=not isinstance(value, Class))
    opaque = False
    for base in bases(ev, value.node):
        if isinstance(base, TfName):
            return known(out) or only(TfMember(base.name, name, base.worlds, on_subclass=True))
        opaque = opaque or isinstance(base, External | Unknown)
    return out or unknown("attribute beyond an unknown base" if opaque else "no such attribute")


_FEW = 8
"""Of a class with more bases it is kept which of them has a name: each name would be looked for in all."""


def _owners(ev: Evaluator, value: Class | Object | Super, name: str) -> list[nodes.ClassDef]:
    """The project's classes in which an attribute is to be looked for, the nearest first."""
    node = value.node
    own = [] if isinstance(value, Super) else [node]
    if len(node.bases) <= _FEW:
        return own + [base.node for base in bases(ev, node) if isinstance(base, Class)]
    nothing: dict[str, list[nodes.ClassDef]] = {}
    return own + ev.memo.once(("owners", node), lambda: _by_name(ev, node), nothing).get(name, [])


def _by_name(ev: Evaluator, node: nodes.ClassDef) -> dict[str, list[nodes.ClassDef]]:
    found: dict[str, list[nodes.ClassDef]] = {}
    for base in bases(ev, node):
        if isinstance(base, Class):
            for name in {**assigned(ev, base.node), **base.node.locals}:
                found.setdefault(name, []).append(base.node)
    return found


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
