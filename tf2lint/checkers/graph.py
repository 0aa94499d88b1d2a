"""The global graph: TensorFlow 2 has none, a `tf.function` has one of its own."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Idiom, Module, call_finding, on_call
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF106",
    pylint_id="E6816",
    symbol="tf-graph",
    summary="There is no global graph to look into, to reset or to export.",
    message="{name} {problem}: {hint}.",
    hint="work on values; a tf.function has a graph of its own (get_concrete_function(...).graph)",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
)

NAMES = (
    "AttrValue GRAPH_DEF_VERSION GRAPH_DEF_VERSION_MIN_CONSUMER GRAPH_DEF_VERSION_MIN_PRODUCER GraphDef "
    "MetaGraphDef NameAttrList NodeDef TensorInfo colocate_with container get_default_graph graph_util.* "
    "import_graph_def load_file_system_library op_scope reset_default_graph train.export_meta_graph "
    "train.import_meta_graph train.write_graph wrap_function"
)

EAGER = {
    "raises RuntimeError": ("train.export_meta_graph train.import_meta_graph"),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)

_SEARCHES = frozenset(("get_tensor_by_name", "get_operation_by_name", "get_operations", "as_graph_element"))


@on_call(RULE, attributes=_SEARCHES)
def searched(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`get_default_graph().get_tensor_by_name(...)` of compat.v1 where code surely runs eagerly."""
    func = node.func
    if not isinstance(func.expr, nodes.Call) or module.ev.dotted(func.expr.func) != {"tf.compat.v1.get_default_graph"}:
        return
    if module.ev.modes.surely_eager(node):
        yield call_finding(RULE, node, f"Graph.{func.attrname}", "searches an empty graph under eager execution")
