"""What a symbolic tensor of Keras 3 is no argument of: functions of TensorFlow and NumPy, tests, loops.

https://www.tensorflow.org/guide/keras
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers.base import Module, finding, on_node, with_keras_3
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import keras
from tf2lint.inference.values import External, Function, TfInstance, TfName, Unknown, Value

RULE = Rule(
    code="TF905",
    pylint_id="E6807",
    symbol="tf-keras-tensor",
    summary="A symbolic tensor of Keras where Keras 3 needs a real one.",
    message="{name} {problem}: {hint}.",
    hint="do it in the call of a layer, or in a tf.keras.layers.Lambda",
    url="https://www.tensorflow.org/api_docs/python/tf/keras/layers/Lambda",
    severity=Severity.BREAKS,
    since="2.16",
)

_NUMPY_TAKES = frozenset("isscalar ndim shape".split())
_NEEDS_ONE = frozenset("bool float int len list max min range sum tuple zip".split())
_OPS = {"concat": "concatenate", "pow": "power", "gather": "take", "reduce_std": "std", "reduce_variance": "var"}
_LOST = frozenset(("get_shape", "set_shape"))
_TUPLE = frozenset(("count", "index"))


def _has_symbolic(module: Module) -> bool:
    return keras.spells_symbolic(module.ev, module.tree)


@on_node(RULE, nodes.Call, where=_has_symbolic)
def passed(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`tf.concat([a, b], -1)` with what `keras.Input` gave."""
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    argument = next((one for one in given if keras.is_symbolic(module.ev, one)), None)
    values = [value for value in module.values(node.func) if not isinstance(value, Unknown)]
    if argument is None or not values:
        return
    names = [_refusing(module, value, argument) for value in values]
    if None not in names:
        name = names[0] or ""
        # What the functions of Python and of Keras' backend do with one that they do not take differs.
        error = "ValueError" if name.startswith(("tf.", "numpy.")) and ".keras." not in name else ""
        yield from _told(module, argument, name, "takes no KerasTensor", _instead(module, name), error)


@on_node(RULE, nodes.Compare, where=_has_symbolic)
def tested(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`if keras.Input([1]) > 0:`."""
    parent = node.parent
    is_test = getattr(parent, "test", None) is node or isinstance(parent, nodes.BoolOp)
    is_test = is_test or (isinstance(parent, nodes.UnaryOp) and parent.op == "not")
    if is_test and keras.is_symbolic(module.ev, node):
        yield from _told(module, node, "A KerasTensor", "has no truth value", "use keras.ops.where", "TypeError")


@on_node(RULE, nodes.For, nodes.Comprehension, where=_has_symbolic)
def iterated(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`for row in keras.Input([1]):`."""
    if _is_one(module, node.iter):
        yield from _told(module, node.iter, "A KerasTensor", "can not be iterated over", None, "NotImplementedError")


@on_node(RULE, nodes.Attribute, where=_has_symbolic)
def looked_up(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`keras.Input([1]).shape.as_list()`."""
    owner = node.expr
    if node.attrname in _LOST and keras.is_symbolic(module.ev, owner):
        hint = "use .shape, a tuple" if node.attrname == "get_shape" else "give the shape where the tensor is made"
        yield from _told(module, node, f"KerasTensor.{node.attrname}", "is not there", hint, "AttributeError")
    elif isinstance(owner, nodes.Attribute) and owner.attrname == "shape" and node.attrname not in _TUPLE:
        if api.member("tf.TensorShape", node.attrname) is None:
            return
        if keras.is_symbolic(module.ev, owner.expr):
            name = f"KerasTensor.shape.{node.attrname}"
            yield from _told(module, node, name, "is not there", "the shape is a tuple already", "AttributeError")


def _told(
    module: Module, place: nodes.NodeNG, name: str, problem: str, hint: str | None, error: str
) -> Iterator[Finding]:
    worlds = module.ev.guards.reach(place) & versions.KERAS_3
    for value in module.values(place):
        worlds &= value.worlds if isinstance(value, TfInstance) else versions.ALL
    if worlds:
        words = f"{problem} {with_keras_3(worlds, module.config.target)}" + (f" ({error})" if error else "")
        yield finding(RULE, place, name, words, Confidence.INFERENCE, hint=hint)


def _refusing(module: Module, value: Value, argument: nodes.NodeNG) -> str | None:
    """The name of a function that refuses symbolic tensors; None if it takes them, or if that is not known."""
    if isinstance(value, TfName):
        return value.name if value.worlds & versions.KERAS_3 and keras.refuses(value.name) else None
    if isinstance(value, External):
        owner, _, last = value.name.partition(".")
        if owner == "numpy" and last not in _NUMPY_TAKES:
            return value.name
        return last if owner == "builtins" and last in _NEEDS_ONE and _is_one(module, argument) else None
    if isinstance(value, Function) and isinstance(value.node, nodes.FunctionDef):
        return value.node.name if _is_traced(module, value.node) else None
    return None


def _is_traced(module: Module, function: nodes.FunctionDef) -> bool:
    for decorator in function.decorators.nodes if function.decorators else ():
        node = decorator.func if isinstance(decorator, nodes.Call) else decorator
        if module.ev.dotted(node) & {"tf.function", "tf.compat.v1.function"}:
            return True
    return False


def _is_one(module: Module, node: nodes.NodeNG) -> bool:
    """Whether an expression is one symbolic tensor for certain: a layer may give a list of them."""
    made = module.ev.literal(node)
    if isinstance(made, nodes.Call):
        of = [keras.below_keras(name) for name in module.ev.dotted(made.func)]
        return bool(of) and all(name in ("Input", "layers.Input") for name in of)
    return isinstance(made, nodes.BinOp) and keras.is_symbolic(module.ev, made)


def _instead(module: Module, name: str) -> str | None:
    """The operation of Keras that does what a function of TensorFlow does, where there is one."""
    last = name.rpartition(".")[2]
    path = f"image.{last}" if ".image." in name else _OPS.get(last, last.removeprefix("reduce_"))
    if not name.startswith(("tf.", "keras.")):
        return None
    found = next((ops for ops in (f"tf.keras.ops.{path}", f"keras.ops.{path}") if _everywhere(module, ops)), None)
    return f"use {found}, or do it in a layer" if found is not None else None


def _everywhere(module: Module, name: str) -> bool:
    return api.is_alive(name, module.config.target)
