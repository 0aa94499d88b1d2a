"""Which expressions surely are tensors, static shapes, and items of static shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings
from tf2lint.inference.returns import class_of, legacy
from tf2lint.inference.values import Class, Const, External, Module, Object, TfInstance, TfResult, Unknown, Value

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_SHAPE_METHODS = frozenset(("with_rank", "with_rank_at_least", "with_rank_at_most", "merge_with", "concatenate"))


def is_tensor(value: Value) -> bool:
    """Whether a value is a tensor or a variable."""
    if isinstance(value, TfInstance):
        return legacy(value.cls)[1] in ("Variable", "Tensor")
    return isinstance(value, TfResult) and class_of(value.of, value.worlds) == "tf.Tensor"


def surely_tensor(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression is a tensor or a variable, however the program came to it."""
    values = ev.value_of(node)
    return bool(values) and all(is_tensor(value) for value in values)


def computed_eagerly(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression surely is a tensor or a variable that no graph holds."""
    if not surely_tensor(ev, node):
        return False
    made = bindings.found(node, node.name)[1] if isinstance(node, nodes.Name) else [node]
    return bool(made) and all(ev.modes.surely_eager(place) for place in made)


def computes_tensor(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression surely is a tensor, as a sum with one is."""
    if isinstance(node, nodes.Name):
        bound = _assigned(node)
        return surely_tensor(ev, node) or (len(bound) == 1 and computes_tensor(ev, bound[0]))
    if isinstance(node, nodes.BinOp):
        return computes_tensor(ev, node.left) or computes_tensor(ev, node.right)
    return surely_tensor(ev, node)


def is_shape(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression is spelled as a static shape: `x.shape`, `x.get_shape()`, a part of one, its variable.

    What has a `shape` is taken for a tensor, unless it is an object of the project or of another library.
    """
    if isinstance(node, nodes.Attribute):
        return node.attrname == "shape" and not _is_foreign(ev, node.expr)
    if isinstance(node, nodes.Subscript):
        return isinstance(node.slice, nodes.Slice) and is_shape(ev, node.value)
    if isinstance(node, nodes.Name):
        bound = _assigned(node)
        return bool(bound) and all(value is not node and is_shape(ev, value) for value in bound)
    if not isinstance(node, nodes.Call):
        return False
    if isinstance(node.func, nodes.Attribute):
        if node.func.attrname == "get_shape":
            return not node.args and not node.keywords and not _is_foreign(ev, node.func.expr)
        if node.func.attrname in _SHAPE_METHODS and is_shape(ev, node.func.expr):
            return True
    values = ev.value_of(node)
    return bool(values) and all(isinstance(v, TfInstance) and legacy(v.cls)[1] == "TensorShape" for v in values)


def is_dimension(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression is an item of a static shape: `x.shape[0]`, or a variable that holds nothing else."""
    if isinstance(node, nodes.Subscript):
        return not isinstance(node.slice, nodes.Slice | nodes.Tuple) and is_shape(ev, node.value)
    if not isinstance(node, nodes.Name):
        return False
    _, statements = bindings.found(node, node.name)
    return bool(statements) and all(_holds_dimension(ev, statement) for statement in statements)


def _holds_dimension(ev: Evaluator, target: nodes.NodeNG) -> bool:
    parent = target.parent
    if isinstance(parent, nodes.Assign) and isinstance(target, nodes.AssignName):
        return isinstance(parent.value, nodes.Subscript) and is_dimension(ev, parent.value)
    if isinstance(parent, nodes.For | nodes.Comprehension) and parent.target is target:
        return is_shape(ev, parent.iter)
    if isinstance(parent, nodes.Tuple | nodes.List) and isinstance(parent.parent, nodes.Assign):
        return is_shape(ev, parent.parent.value)
    return False


def _assigned(name: nodes.Name) -> list[nodes.NodeNG]:
    """The expressions that a variable is filled with; none where it is bound in another way as well."""
    _, statements = bindings.found(name, name.name)
    values = []
    for statement in statements:
        if not isinstance(statement, nodes.AssignName) or not isinstance(statement.parent, nodes.Assign):
            return []
        # `shape = shape.with_rank(2)` says nothing new.
        if any(other.name == name.name for other in statement.parent.value.nodes_of_class(nodes.Name)):
            return []
        values.append(statement.parent.value)
    return values


def _is_foreign(ev: Evaluator, node: nodes.NodeNG) -> bool:
    """Whether an expression may be something that is known and is no tensor."""
    known = [value for value in ev.value_of(node) if not isinstance(value, Unknown)]
    return any(isinstance(value, Object | Class | Module | External | Const) for value in known)


def static_shape(ev: Evaluator, node: nodes.NodeNG) -> tuple[int | None, ...] | None:
    """The shape of a tensor that is spelled out: of `[[1, 2]]`, `tf.zeros([2, None])`; None where it is not known."""
    if isinstance(node, nodes.Name):
        bound = _assigned(node)
        return static_shape(ev, bound[0]) if len(bound) == 1 and not isinstance(bound[0], nodes.Name) else None
    if isinstance(node, nodes.List | nodes.Tuple):
        inner = static_shape(ev, node.elts[0]) if node.elts else None
        return None if inner is None else (len(node.elts), *inner)
    if isinstance(node, nodes.Const):
        return () if isinstance(node.value, int | float | str) else None
    if isinstance(node, nodes.UnaryOp):
        return static_shape(ev, node.operand)
    if isinstance(node, nodes.Call) and node.args:
        made = {legacy(value.of)[1] for value in ev.value_of(node) if isinstance(value, TfResult)}
        if made and made <= _OF_VALUE and len(node.args) == 1 and not any(k.arg == "shape" for k in node.keywords):
            return static_shape(ev, node.args[0])
        if made and made <= _OF_SHAPE:
            return _listed(node.args[0])
    return None


_OF_VALUE = frozenset(("constant", "convert_to_tensor"))
_OF_SHAPE = frozenset(("zeros", "ones", "fill", "random.normal", "random.uniform"))


def _listed(node: nodes.NodeNG) -> tuple[int | None, ...] | None:
    if not isinstance(node, nodes.List | nodes.Tuple):
        return None
    sizes = [
        item.value if isinstance(item, nodes.Const) and isinstance(item.value, int) else None for item in node.elts
    ]
    return tuple(sizes)
