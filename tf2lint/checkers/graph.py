"""The global graph: TensorFlow 2 has none, a `tf.function` has one of its own."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

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
    **dict.fromkeys(
        (
            "train.export_meta_graph train.import_meta_graph"
        ).split(),
        "raises RuntimeError",
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom(RULE, frozenset(NAMES.split()), EAGER)
