"""Tensors as Python objects: equality by value, no hash, no name under eager execution.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#tensor_equality_by_value
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.checkers.base import Module, finding, on_call, on_node
from tf2lint.checkers.changed_behavior import GUIDE, RULE, TF1
from tf2lint.findings import Confidence, Finding
from tf2lint.inference.index import last_name
from tf2lint.inference.returns import legacy
from tf2lint.inference.tensors import is_tensor, surely_tensor
from tf2lint.inference.values import External, TfInstance, TfResult

_EQUALITY = f"{GUIDE}#tensor_equality_by_value"
_HASHING = f"{GUIDE}#hashing_tensors_and_variables"
_DECIDES = (nodes.If, nodes.While, nodes.Assert, nodes.IfExp, nodes.BoolOp, nodes.Comprehension)
_FED = frozenset(("feed_dict", "givens", "feed"))


def _is_eager(module: Module) -> bool:
    """Whether tensors of a module may compare by value: it is not made for graphs."""
    return not module.of_graph_library


# Hashing


@on_node(RULE, nodes.Dict, nodes.Set, where=_is_eager)
def displayed(module: Module, node: nodes.Dict | nodes.Set) -> Iterator[Finding]:
    """`{tensor: 1}`, `{tensor}`."""
    keys = [key for key, _ in node.items] if isinstance(node, nodes.Dict) else node.elts
    if not _is_fed(node):
        for key in keys:
            yield from _hashed(module, key)


@on_node(RULE, nodes.Subscript, where=_is_eager)
def stored(module: Module, node: nodes.Subscript) -> Iterator[Finding]:
    """`seen[tensor] = 1`, where `seen` is a dict."""
    if isinstance(module.ev.literal(node.value), nodes.Dict):
        yield from _hashed(module, node.slice)


@on_call(RULE, attributes=frozenset(("add", "discard", "setdefault")))
def added(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`seen.add(tensor)`, where `seen` is a set."""
    held = module.ev.literal(node.func.expr)
    if node.args and (isinstance(held, nodes.Set | nodes.Dict) or _makes_set(module, held)):
        yield from _hashed(module, node.args[0])


def _makes_set(module: Module, node: nodes.NodeNG) -> bool:
    if not isinstance(node, nodes.Call):
        return False
    return module.ev.value_of(node.func) <= {External("builtins.set"), External("builtins.dict")}


def _hashed(module: Module, key: nodes.NodeNG) -> Iterator[Finding]:
    if not _by_value(module, key) or not surely_tensor(module.ev, key):
        return
    values = module.values(key)
    if any(isinstance(value, TfResult) and "placeholder" in value.of for value in values):
        return  # What is fed is told where it is fed.
    name = "tf.Variable" if isinstance(values[0], TfInstance) else "tf.Tensor"
    member = api.member(name, "ref")
    always = member is not None and not module.config.target & ~TF1 & ~member.worlds
    hint = f"use its {'ref()' if always else 'experimental_ref()'} as the key"
    yield _told(key, name, "has no hash since TensorFlow 2.0 (TypeError)", hint, _HASHING)


def _is_fed(node: nodes.NodeNG) -> bool:
    """Whether a dict is given to a session: those of graphs have hashes."""
    parent = node.parent
    if isinstance(parent, nodes.Keyword):
        return parent.arg in _FED
    if isinstance(parent, nodes.Assign):
        return any("feed" in last_name(target) for target in parent.targets if isinstance(target, nodes.AssignName))
    return isinstance(parent, nodes.Call) and last_name(parent.func) in ("run", "eval")


# Equality


@on_node(RULE, nodes.Compare, where=_is_eager)
def compared(module: Module, node: nodes.Compare) -> Iterator[Finding]:
    """`if variable == None:`, `if a == b:`, `if a in tensors:`."""
    if len(node.ops) != 1:
        return
    operator, right = node.ops[0]
    if operator in ("==", "!="):
        found = _equal(module, node, right)
    elif operator in ("in", "not in") and module.of_tensorflow_1:
        found = _contained(module, node, right)
    else:
        return
    # Which versions reach it takes longest to see.
    yield from (one for one in found if _by_value(module, node))


def _contained(module: Module, node: nodes.Compare, right: nodes.NodeNG) -> Iterator[Finding]:
    if surely_tensor(module.ev, node.left):
        held = module.ev.literal(right)
        if isinstance(held, nodes.List | nodes.Tuple) and held.elts:
            problem = "looks for an equal value since TensorFlow 2.0, not for the same tensor"
            yield _told(node, "in", problem, "use any(x is y for y in ...)", _EQUALITY)


def _equal(module: Module, node: nodes.Compare, right: nodes.NodeNG) -> Iterator[Finding]:
    if isinstance(right, nodes.Const) and right.value is None:
        values = module.values(node.left)
        if values and all(isinstance(v, TfInstance) and legacy(v.cls)[1] == "Variable" for v in values):
            operator = node.ops[0][0]
            problem = "compares by value since TensorFlow 2.0, which fails for None (ValueError)"
            hint = "write is None" if operator == "==" else "write is not None"
            yield _told(node, f"tf.Variable {operator}", problem, hint, _EQUALITY)
        return
    if not module.of_tensorflow_1 or not isinstance(node.parent, _DECIDES):
        return
    if surely_tensor(module.ev, node.left) and surely_tensor(module.ev, right):
        operator = node.ops[0][0]
        problem = "compares by value since TensorFlow 2.0, not whether both are the same tensor"
        hint = "write is" if operator == "==" else "write is not"
        yield _told(node, f"tf.Tensor {operator}", problem, hint, _EQUALITY)


# Names


@on_node(RULE, nodes.Attribute, attributes="name op graph")
def named(module: Module, node: nodes.Attribute) -> Iterator[Finding]:
    """`tensor.name`, which only tensors of graphs have."""
    values = module.values(node.expr)
    if not values or not all(isinstance(value, TfResult) and is_tensor(value) for value in values):
        return
    if not module.ev.guards.reach(node) & ~TF1 or module.of_graph_library:
        return
    if module.ev.modes.surely_eager(node) and not module.ev.guards.expects_absence(node):
        problem = "is not there under eager execution (AttributeError)"
        hint = "keep what you call a tensor yourself"
        yield _told(node, f"tf.Tensor.{node.attrname}", problem, hint, f"{GUIDE}#eager_execution")


def _by_value(module: Module, node: nodes.NodeNG) -> bool:
    """Whether tensors compare by value where a node is: under TensorFlow 2, outside of graphs made on purpose."""
    if not module.ev.guards.reach(node) & ~TF1 or module.of_graph_library:
        return False
    return not module.ev.modes.in_graph(node)


def _told(node: nodes.NodeNG, name: str, problem: str, hint: str, url: str) -> Finding:
    return finding(RULE, node, name, problem, Confidence.INFERENCE, hint=hint, url=url)
