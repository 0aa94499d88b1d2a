"""`tensor.shape[0].value`: the items of a static shape are plain ints.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#tensorshape_api_behavior_changes
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.checkers import edits
from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference.index import index_of, last_name
from tf2lint.inference.tensors import is_dimension
from tf2lint.inference.values import TfName, canonical

RULE = Rule(
    code="TF405",
    pylint_id="E6856",
    symbol="tf-dimension-value",
    summary="An attribute of tf.Dimension on an item of a shape, which is an int or None.",
    message="{name} {problem}: {hint}.",
    hint="use the item itself",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#tensorshape_api_behavior_changes",
    severity=Severity.BREAKS,
)

_TESTS = frozenset(("isinstance", "hasattr", "type", "getattr"))
_HINTS = {
    "value": "leave .value out",
    "merge_with": "compare the two, either may be None",
    "is_compatible_with": "compare the two, either may be None",
    "assert_is_compatible_with": "compare the two, either may be None",
}


@on_node(RULE, nodes.Attribute, attributes=" ".join(_HINTS))
def of_item(module: Module, node: nodes.Attribute) -> Iterator[Finding]:
    """`x.shape[0].value`, `[d.value for d in x.get_shape()]`."""
    if not _knows_tensorflow(module) or not module.ev.guards.reach(node) & ~versions.bit("1.15"):
        return
    if module.of_graph_library or _has_old_shapes(module, node) or not is_dimension(module.ev, node.expr):
        return
    if module.ev.guards.expects_absence(node) or _is_tested(node):
        return
    problem = f"is an int or None in TensorFlow 2, which has no {node.attrname} (AttributeError)"
    told = finding(RULE, node, node.expr.as_string(), problem, Confidence.INFERENCE, hint=_HINTS[node.attrname])
    # Where TensorFlow 1 comes here too, the item has a value there.
    native = node.attrname == "value" and not module.ev.guards.reach(node) & module.config.target & versions.bit("1.15")
    yield dataclasses.replace(told, edits=edits.without_last(module, node) if native else ())


def _knows_tensorflow(module: Module) -> bool:
    """Whether a module imports TensorFlow: `shape` is a word of others too."""
    index = index_of(module.ev, module.tree)
    named = [dotted for node in index.imports for dotted, _ in node.names]
    named += [module.ev.modules.absolute(node) or "" for node in index.from_imports]
    if any((canonical(name) or "").split(".")[0] == "tf" for name in named):
        return True
    calls = index.called("import_module", "__import__")
    return any(isinstance(value, TfName) for call in calls for value in module.values(call))


def _has_old_shapes(module: Module, node: nodes.NodeNG) -> bool:
    """Whether the program turns the behaviour of TensorFlow 2 off."""
    if module.ev.modes.graph_module(node.root()):
        return True
    return bool(index_of(module.ev, module.tree).called("disable_v2_tensorshape"))


def _is_tested(node: nodes.Attribute) -> bool:
    """Whether the program looks what the item is before it uses it so: code for both versions."""
    function = node.frame()
    tested = last_name(node.expr) or node.expr.as_string()
    for call in function.nodes_of_class(nodes.Call):
        if last_name(call.func) in _TESTS and call.args and call.args[0].as_string() == tested:
            return True
    return False
