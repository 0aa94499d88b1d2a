"""Assignment to an item of a tensor, and `+=` on a variable.

https://www.tensorflow.org/guide/variable#create_a_variable
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.changed_behavior import TF1
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import bindings, tensors
from tf2lint.inference.bindings import BY_OPERATOR
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import TfInstance
from tf2lint.tracing import lifetime
from tf2lint.tracing.abstract import Kind, Origin
from tf2lint.tracing.changes import spelled
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF713",
    pylint_id="E6898",
    symbol="tf-item-assignment",
    summary="Assignment to an item of a tensor or variable, or `+=` on a variable: neither is supported.",
    message="{name} {problem}: {hint}.",
    hint="use tf.tensor_scatter_nd_update or tf.where, or collect the parts and tf.stack them",
    url="https://www.tensorflow.org/guide/variable#create_a_variable",
    severity=Severity.BREAKS,
    since="2.0",
)

_REFUSED = {"+=": "assign_add", "-=": "assign_sub", "*=": "assign", "/=": "assign", "**=": "assign"}
_ITEMS = "does not support item assignment (TypeError)"
_OF_VARIABLE = "use v[i].assign(...)"


@on_traced(RULE, nodes.Assign, nodes.AugAssign, nodes.AnnAssign, nodes.Delete)
def in_trace(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`x[0] = 1`, `self.v += 1` in traced code."""
    for target in _targets(node):
        told = _item(target, frame) if isinstance(target, nodes.Subscript) else None
        if isinstance(node, nodes.AugAssign) and not isinstance(target, nodes.Subscript):
            told = _augmented(node, target, frame)
        if told:
            yield effect(
                RULE,
                target,
                name=spelled(target) or "it",
                problem=told[0],
                hint=told[1],
                confidence=Confidence.INFERENCE,
                once_is_fine=False,
            )


def _targets(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    waiting = list(node.targets) if isinstance(node, nodes.Assign | nodes.Delete) else [node.target]
    while waiting:
        target = waiting.pop(0)
        if isinstance(target, nodes.Tuple | nodes.List):
            waiting = [*target.elts, *waiting]
        else:
            yield target


def _item(target: nodes.Subscript, frame: Frame) -> tuple[str, str] | None:
    owner = frame.of(target.value)
    if owner.kind in (Kind.TENSOR, Kind.EAGER, Kind.COMPOSITE, Kind.SHAPE):
        return f"is a tensor, which {_ITEMS}" if owner.kind is not Kind.SHAPE else f"is a shape, which {_ITEMS}", ""
    if owner.kind is Kind.VARIABLE:
        return f"is a variable, which {_ITEMS}", _OF_VARIABLE
    # A list would be one that the tf.function was given, which it must not modify either.
    if owner.kind in (Kind.NEST, Kind.UNKNOWN) and _is_position(target.slice) and _is_argument(target.value, frame):
        return f"is an argument: a tensor {_ITEMS}, and a list of the caller must not be modified", ""
    return None


def _is_argument(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether an expression is an argument of a tf.function, as it was given."""
    if frame.caller is not None or frame.traced.root.reason != "a tf.function" or not isinstance(node, nodes.Name):
        return False
    return lifetime.origin_of(frame, node) is Origin.ARGUMENT


def _is_position(index: nodes.NodeNG) -> bool:
    """Whether a subscript is a place in a sequence, and no key."""
    if isinstance(index, nodes.UnaryOp):
        index = index.operand
    return isinstance(index, nodes.Slice | nodes.Tuple) or (
        isinstance(index, nodes.Const) and (index.value is ... or type(index.value) is int)
    )


def _augmented(node: nodes.AugAssign, target: nodes.NodeNG, frame: Frame) -> tuple[str, str] | None:
    before = frame.of(target)
    if before.kind is not Kind.VARIABLE or node.op not in _REFUSED:
        return None
    if all(_of_keras_3(value) for value in frame.values(target)) and not isinstance(target, nodes.AssignAttr):
        return None
    problem = f"is a variable, which does not support {node.op} (RuntimeError; with Keras 3 a tensor takes its place)"
    return problem, f"use {_REFUSED[node.op]}"


def _of_keras_3(value: object) -> bool:
    return not (isinstance(value, TfInstance) and legacy(value.cls)[1] == "Variable")


@on_node(RULE, nodes.Subscript)
def item(module: Module, node: nodes.Subscript) -> Iterator[Finding]:
    """`x[0] = 1` anywhere."""
    parent = node.parent
    stored = isinstance(parent, nodes.Assign) and node in parent.targets
    stored = stored or (isinstance(parent, nodes.AugAssign) and node is parent.target)
    stored = stored or (isinstance(parent, nodes.Delete) and node in parent.targets)
    if not stored or module.ev.modes.in_graph(node) or not _is_always_tensor(module, node.value):
        return
    variable = all(_is_variable(value) for value in module.values(node.value))
    kind = "variable" if variable else "tensor"
    hint = _OF_VARIABLE if variable else None
    name = spelled(node.value) or "it"
    yield finding(RULE, node, name, f"is a {kind}, which {_ITEMS}", Confidence.INFERENCE, hint=hint)


def _is_always_tensor(module: Module, node: nodes.NodeNG) -> bool:
    """Whether an expression surely is a tensor: of a name, by each of the assignments to it."""
    if not tensors.surely_tensor(module.ev, node):
        return False
    if not isinstance(node, nodes.Name):
        return True
    scope, statements = bindings.found(node, node.name)
    bound = scope.locals.get(node.name, ()) if isinstance(scope, nodes.Module) else statements
    return all(
        isinstance(one, nodes.AssignName)
        and isinstance(one.parent, nodes.Assign)
        and tensors.surely_tensor(module.ev, one.parent.value)
        for one in bound
    )


@on_node(RULE, nodes.AugAssign)
def augmented(module: Module, node: nodes.AugAssign) -> Iterator[Finding]:
    """`v += 1` anywhere, which made a tensor of the name in TensorFlow 1."""
    if node.op not in _REFUSED or module.of_graph_library or not module.ev.guards.reach(node) & ~TF1:
        return
    if not module.ev.modes.graph_module(node.root()) and _was_variable(module, node.target):
        problem = f"is a variable, which does not support {node.op} (RuntimeError) since TensorFlow 2.0"
        hint = f"use {_REFUSED[node.op]}"
        yield finding(RULE, node.target, spelled(node.target), problem, Confidence.INFERENCE, hint=hint)


def _was_variable(module: Module, target: nodes.NodeNG) -> bool:
    """Whether a name or attribute held a variable, whatever an operator makes of it."""
    if isinstance(target, nodes.AssignName):
        values = module.ev.lookup(target, target.name)
    elif isinstance(target, nodes.AssignAttr):
        values = module.ev.attribute(module.ev.value_of(target.expr), target.attrname)
    else:
        return False
    held = [value for value in values if value != BY_OPERATOR]
    return bool(held) and all(_is_variable(value) for value in held)


def _is_variable(value: object) -> bool:
    return isinstance(value, TfInstance) and legacy(value.cls)[1] == "Variable"
