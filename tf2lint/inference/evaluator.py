"""What an expression denotes: one evaluator, over astroid's tree and scopes, that stops at the TensorFlow border.

It follows bindings, then user code; beyond the border the API database answers. astroid's own inference is never asked:
its answers depend on whether TensorFlow is installed and on the order of files.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable

from astroid import nodes

from tf2lint.inference import bindings, calls, classes, keras, outside
from tf2lint.inference.guards import Guards
from tf2lint.inference.memo import Memo
from tf2lint.inference.modes import Modes
from tf2lint.inference.modules import Modules
from tf2lint.inference.shims import Shims
from tf2lint.inference.values import (
    NOTHING,
    Class,
    Const,
    External,
    Module,
    Object,
    Super,
    TfInstance,
    TfMember,
    TfName,
    TfResult,
    Unknown,
    Value,
    Values,
    below,
    canonical,
    inferred,
    only,
    union,
    unknown,
)

_ELEMENTWISE = frozenset(("<", ">", "<=", ">=", "!="))
"""Comparisons of symbolic tensors that give another one."""

_MANY = 12
"""More alternatives than this say nothing any more."""


class Evaluator:
    """Answers `value_of` for the modules of one project and one set of target worlds."""

    def __init__(self, modules: Modules, target: int) -> None:
        self.modules = modules
        self.target = target
        self.memo = Memo()
        self.guards = Guards(self)
        self.shims = Shims(self)
        self.modes = Modes(self)
        self._expressions: dict[type[nodes.NodeNG], Callable[[nodes.NodeNG], Values]] = {
            nodes.Const: lambda n: only(Const(n.value)),
            nodes.Name: lambda n: self.lookup(n, n.name),
            nodes.Attribute: self._attribute,
            nodes.Call: lambda n: calls.result(self, n),
            nodes.Subscript: self._subscript,
            nodes.IfExp: self._conditional,
            nodes.BoolOp: lambda n: union(self.value_of(v) for v in n.values),
            nodes.BinOp: lambda n: self._computed([n.left, n.right]),
            nodes.UnaryOp: lambda n: self._computed([n.operand]) if n.op != "not" else unknown("not"),
            nodes.Compare: self._compared,
            nodes.Lambda: lambda n: bindings.function(n),
            nodes.Await: lambda n: self.value_of(n.value),
            nodes.NamedExpr: lambda n: self.value_of(n.value),
        }

    def forget(self) -> None:
        """Drop all that was learned, so that memory stays bounded over many files."""
        self._clear()
        self.modules.forget()

    def refresh(self) -> None:
        """Drop every answer, and the modules that are not any more what lies on the disk."""
        self._clear()
        self.modules.refresh()

    def _clear(self) -> None:
        self.memo.clear()
        self.shims.clear()
        bindings.forget()

    def value_of(self, node: nodes.NodeNG) -> Values:
        """All that an expression may denote."""
        known: Values | None = self.memo.known(node)
        if known is not None:  # As for most.
            return known
        if type(node) not in self._expressions:
            return unknown(type(node).__name__)
        return self.memo.once(node, lambda: self._evaluated(node), NOTHING)

    def _evaluated(self, node: nodes.NodeNG) -> Values:
        values = self._expressions[type(node)](node)
        return values if len(values) <= _MANY else unknown("too many alternatives")

    # -- names ------------------------------------------------------------------------------------------------------

    def lookup(self, node: nodes.NodeNG, name: str) -> Values:
        """What a name may denote at a node."""
        scope, statements = bindings.found(node, name)
        if scope is not None:
            if len(statements) == 1 and len(scope.locals[name]) == 1:
                # Whoever asks gets the same.
                key = ("of", statements[0], name)
                return self.memo.once(key, lambda: bindings.of(self, statements, name), NOTHING)
            return bindings.of(self, bindings.with_later_in_loop(node, scope, statements, name), name)
        starred = bindings.from_wildcards(self, node.root(), name)
        if starred:
            return starred
        return only(External(f"builtins.{name}")) if hasattr(builtins, name) else unknown("unbound")

    def module_named(self, dotted: str, importer: nodes.Module) -> Values:
        """What `import dotted` gives, as seen from a module."""
        name = canonical(dotted)
        if name is not None:
            return only(TfName(name, self.target))
        module = self.modules.load(dotted, importer)
        return only(External(dotted) if module is None else Module(module))

    def module_attribute(self, module: nodes.Module, name: str) -> Values:
        """What a name of a project's module denotes for those who import it."""
        return self.memo.once(("of module", module, name), lambda: self._module_attribute(module, name), NOTHING)

    def _module_attribute(self, module: nodes.Module, name: str) -> Values:
        statements = module.locals.get(name)
        if statements:
            return bindings.of(self, statements, name)
        starred = bindings.from_wildcards(self, module, name)
        if starred:
            return starred
        below = self.modules.load(f"{module.name}.{name}", module) if module.package else None
        if below is not None:
            return only(Module(below))
        return unknown("no such name in the module")

    # -- attributes -------------------------------------------------------------------------------------------------

    def _attribute(self, node: nodes.Attribute) -> Values:
        values = self.attribute(self.value_of(node.expr), node.attrname)
        return self.shims.applied(values, node)

    def attribute(self, values: Values, name: str) -> Values:
        """What an attribute of any of these values may be."""
        if len(values) == 1:
            (value,) = values
            return self._attribute_of(value, name)
        return union(self._attribute_of(value, name) for value in values)

    def _attribute_of(self, value: Value, name: str) -> Values:
        if isinstance(value, TfName):
            return below(value.name, name, value.worlds, value.inferred)
        if isinstance(value, Unknown):
            return only(value)
        if isinstance(value, TfInstance):
            return keras.attribute(value, name) or only(TfMember(value.cls, name, value.worlds))
        if isinstance(value, Module):
            return inferred(self.module_attribute(value.node, name))
        if isinstance(value, Class | Object | Super):
            key = ("of class", value, name)
            return self.memo.once(key, lambda: inferred(classes.attribute(self, value, name)), NOTHING)
        if isinstance(value, External):
            return only(External(f"{value.name}.{name}"))
        if isinstance(value, TfResult):
            return only(TfMember(value.of, name, value.worlds))
        if isinstance(value, Const):
            return NOTHING if value.value is None else only(External(f"builtins.{type(value.value).__name__}.{name}"))
        return unknown("attribute")

    # -- other expressions ------------------------------------------------------------------------------------------

    def _conditional(self, node: nodes.IfExp) -> Values:
        when, unless = self.guards.truth(node.test)
        return bindings.limited(self.value_of(node.body), when) | bindings.limited(self.value_of(node.orelse), unless)

    def _computed(self, operands: list[nodes.NodeNG]) -> Values:
        """What an operator gives: a result of TensorFlow where an operand is one, which a later issue makes exact."""
        sides = [self.value_of(operand) for operand in operands]
        results = frozenset(value for side in sides for value in side if isinstance(value, TfResult))
        paths = frozenset(value for value in sides[0] if value == outside.PATH)  # `folder / "name"`
        return keras.computed(sides) or results or paths or unknown("operation")

    def _compared(self, node: nodes.Compare) -> Values:
        symbolic = keras.computed([self.value_of(node.left)]) if node.ops[0][0] in _ELEMENTWISE else None
        return symbolic or unknown("comparison")

    def _subscript(self, node: nodes.Subscript) -> Values:
        container = self.literal(node.value)
        index = node.slice
        if isinstance(container, nodes.Dict):
            if not isinstance(index, nodes.Const):
                return self.memo.once(
                    ("items", container), lambda: self._any_of(v for _, v in container.items), NOTHING
                )
            by_key: dict[object, list[nodes.NodeNG]] = self.memo.once(
                ("keys", container), lambda: _by_key(container), {}
            )
            return self._any_of(by_key.get(index.value, ()))
        if isinstance(container, nodes.List | nodes.Tuple):
            if isinstance(index, nodes.Const) and isinstance(index.value, int):
                inside = -len(container.elts) <= index.value < len(container.elts)
                return self._any_of([container.elts[index.value]] if inside else [])
            return self.memo.once(("elements", container), lambda: self._any_of(container.elts), NOTHING)
        return keras.computed([self.value_of(node.value)]) or unknown("subscript")

    def _any_of(self, chosen: Iterable[nodes.NodeNG]) -> Values:
        chosen = list(chosen)
        return inferred(union(self.value_of(node) for node in chosen)) if chosen else unknown("subscript")

    def literal(self, node: nodes.NodeNG) -> nodes.NodeNG:
        """The list, tuple or dict display that a name bound once stands for; the node itself otherwise."""
        if isinstance(node, nodes.Name):
            _, statements = bindings.found(node, node.name)
            if len(statements) == 1 and isinstance(statements[0].parent, nodes.Assign | nodes.AnnAssign):
                value = statements[0].parent.value
                return node if value is None else value
        return node

    def dotted(self, node: nodes.NodeNG) -> set[str]:
        """The names outside of the project that an expression may denote, canonical for TensorFlow's."""
        return {v.name for v in self.value_of(node) if isinstance(v, TfName | External)}


def _by_key(display: nodes.Dict) -> dict[object, list[nodes.NodeNG]]:
    """The values of a dict display that stand under constants."""
    found: dict[object, list[nodes.NodeNG]] = {}
    for key, value in display.items:
        if isinstance(key, nodes.Const):
            found.setdefault(key.value, []).append(value)
    return found
