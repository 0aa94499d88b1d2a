"""Python values that a tf.function reads and that are changed after it has been traced.

https://www.tensorflow.org/guide/function#depending_on_python_global_and_free_variables
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import bindings, classes
from tf2lint.inference.index import function_around
from tf2lint.inference.values import Class, Function, Object, TfInstance
from tf2lint.inference.values import Module as ModuleValue
from tf2lint.tracing import lifetime, scopes
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.calls import Place, is_self
from tf2lint.tracing.changes import spelled
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.order import Key, objects_of, order_of

RULE = Rule(
    code="TF803",
    pylint_id="W6892",
    symbol="tf-stale-closure",
    summary="A Python value that a tf.function reads and that is changed later: calls go on with the old one.",
    message="{name} {problem}: {hint}.",
    hint="keep it in a tf.Variable and use assign, or pass it as a tensor",
    url="https://www.tensorflow.org/guide/function#depending_on_python_global_and_free_variables",
    severity=Severity.CHANGES,
    since="2.0",
)

_NO_VALUES = frozenset("function class module object".split())


@on_traced(RULE, nodes.Name, nodes.Attribute)
def read(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`x * self.epsilon`, where `self.epsilon *= 0.5` runs between the calls."""
    stale = order_of(frame.ev, frame.traced.root.function.root()).get(frame.traced.root.function)
    if not stale or (
        isinstance(node.parent, nodes.Attribute) and isinstance(node, nodes.Name) and not _holds(node, stale)
    ):
        return
    known = frame.of(node)
    for key in _keys(node, frame):
        change = stale.get(key)
        if change is None or not _is_baked(known, key) or not _is_first(node, frame):
            continue
        yield effect(
            RULE,
            node,
            name=spelled(node),
            problem=f"is read when the function is traced, and changed later (line {change.lineno})",
            confidence=Confidence.INFERENCE,
            once_is_fine=False,
        )
        return


def _has_stale(module: Module) -> bool:
    return any(root.root() is not module.tree for root in order_of(module.ev, module.tree))


@on_node(RULE, nodes.AssignAttr, nodes.Call, where=_has_stale)
def changed(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`agent.epsilon = 0.5`, where a tf.function of another module reads it."""
    for root, stale in order_of(module.ev, module.tree).items():
        if root.root() is module.tree:
            continue
        for key, change in stale.items():
            told = change is node or (isinstance(node, nodes.AssignAttr) and change is node.statement())
            if not told or not isinstance(key.owner, nodes.ClassDef):
                continue
            place = Place(root, scopes.class_of(root))
            if lifetime.reads_attribute(module.ev, place, key.owner, key.name) and _is_plain(module, key):
                problem = f"is changed after `{scopes.name_of(root)}`, a tf.function, has read it while it was traced"
                yield finding(RULE, node, spelled(node) or key.name, problem, Confidence.INFERENCE)
                return


def _is_plain(module: Module, key: Key) -> bool:
    """Whether an attribute holds nothing that a graph refers to: no variable, no layer."""
    values = module.ev.attribute(frozenset((Object(key.owner),)), key.name)
    return not any(isinstance(value, TfInstance | Object | Class | Function) for value in values)


def _holds(node: nodes.Name, stale: dict[Key, nodes.NodeNG]) -> bool:
    """Whether some key is about what lies in the object of a name."""
    return any(key.content and key.name == node.name for key in stale)


def _keys(node: nodes.NodeNG, frame: Frame) -> Iterator[Key]:
    if isinstance(node, nodes.Name):
        if node.name in frame.function.locals:
            return
        owner, _ = bindings.found(node, node.name)
        if owner is not None:
            yield Key(owner, node.name)
            yield Key(owner, node.name, content=True)
        return
    for value in frame.values(node.expr):
        if isinstance(value, ModuleValue):
            yield Key(value.node, node.attrname)
            yield Key(value.node, node.attrname, content=True)
    for cls in _classes(node, frame):
        for owner in (cls, *(base.node for base in classes.bases(frame.ev, cls) if isinstance(base, Class))):
            yield Key(owner, node.attrname)
            yield Key(owner, node.attrname, content=True)


def _classes(node: nodes.Attribute, frame: Frame) -> Iterator[nodes.ClassDef]:
    method: scopes.Function | None = frame.function
    while method is not None and scopes.class_of(method) is None:
        method = function_around(method)
    if method is not None and is_self(node.expr, method):
        if frame.traced.place.receiver is not None:
            yield frame.traced.place.receiver
        return
    if isinstance(node.expr, nodes.Name) and frame.caller is None:
        given = objects_of(frame.ev, frame.function.root())
        yield from given.get((frame.function, node.expr.name), ())
    values = frame.values(node.expr)
    yield from (value.node for value in values if isinstance(value, Object | Class))


def _is_baked(known: Abstract, key: Key) -> bool:
    """Whether a value becomes a constant of the graph."""
    if key.content:
        return known.kind is Kind.KERAS or (known.is_python and known.type in ("list", "dict", "set", "ndarray", ""))
    if known.kind is Kind.EAGER or known.kind is Kind.UNKNOWN:
        return True
    return known.is_python and known.type not in _NO_VALUES


def _is_first(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a place is the first of the function that reads the value."""
    text = node.as_string()
    for other in frame.find(type(node)):
        if other is node:
            return True
        if other.as_string() == text:
            return False
    return True
