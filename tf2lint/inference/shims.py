"""`tf.placeholder = tf.compat.v1.placeholder`: what a module puts into TensorFlow, later uses find there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings
from tf2lint.inference.index import index_of
from tf2lint.inference.values import TfName, Values

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator


class Shims:
    """The assignments of a project's modules to attributes of TensorFlow."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._assigned: dict[nodes.Module, dict[str, list[nodes.AssignAttr]]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._assigned.clear()

    def any_in(self, module: nodes.Module) -> bool:
        """Whether a module assigns to attributes of what may be TensorFlow."""
        return bool(self._of_module(module))

    def applied(self, values: Values, node: nodes.NodeNG) -> Values:
        """What an attribute of TensorFlow denotes at a node, given what the module assigned to it before."""
        of_tensorflow = [value for value in values if isinstance(value, TfName)]
        shimmed = self._of_module(node.root()) if of_tensorflow else None
        if not shimmed:
            return values
        for value in of_tensorflow:
            last = value.name.rpartition(".")[2]
            for target in reversed(shimmed.get(last, ())):
                if not self._precedes(target, node) or self._name(target) != value.name:
                    continue
                worlds, certain = self._ev.guards.execution(target)
                kept = values - {value}
                if not certain or value.worlds & ~worlds:
                    kept |= bindings.limited(frozenset((value,)), value.worlds & ~worlds if certain else value.worlds)
                values = kept | bindings.limited(bindings.target_of_attribute(self._ev, target), worlds)
                break
        return values

    def _name(self, target: nodes.AssignAttr) -> str | None:
        owners = [v for v in self._ev.value_of(target.expr) if isinstance(v, TfName)]
        return f"{owners[0].name}.{target.attrname}" if len(owners) == 1 else None

    @staticmethod
    def _precedes(target: nodes.AssignAttr, node: nodes.NodeNG) -> bool:
        if target.scope() is not node.scope():
            return isinstance(target.scope(), nodes.Module)
        return bool(target.fromlineno < node.fromlineno)

    def _of_module(self, module: nodes.Module) -> dict[str, list[nodes.AssignAttr]]:
        if module not in self._assigned:
            found: dict[str, list[nodes.AssignAttr]] = {}
            self._assigned[module] = found
            for target in index_of(self._ev, module).assigned_attributes:
                root = target.expr
                while type(root) is nodes.Attribute:
                    root = root.expr
                if type(root) is nodes.Name and root.name != "self" and isinstance(target.parent, nodes.Assign):
                    found.setdefault(target.attrname, []).append(target)
            for targets in found.values():
                targets.sort(key=lambda target: target.fromlineno)
        return self._assigned[module]
