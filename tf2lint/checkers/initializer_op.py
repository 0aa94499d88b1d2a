"""Initializer operations: a TensorFlow 2 variable is initialized when it is created."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF107",
    pylint_id="E6817",
    symbol="tf-initializer-op",
    summary="Variables and tables are initialized when they are created.",
    message="{name} {problem}: {hint}.",
    hint="drop it: a tf.Variable is initialized when it is created",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#no_more_globals",
    severity=Severity.BREAKS,
)

NAMES = (
    "assert_variables_initialized global_variables_initializer initialize_all_tables initialize_all_variables "
    "initialize_local_variables initialize_variables initializers.global_variables initializers.local_variables "
    "initializers.tables_initializer initializers.variables is_variable_initialized local_variables_initializer "
    "report_uninitialized_variables tables_initializer variables_initializer"
)

EAGER = {
    "returns None and does nothing": (
        "global_variables_initializer initialize_all_tables initialize_all_variables initialize_local_variables "
        "initialize_variables local_variables_initializer tables_initializer variables_initializer"
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
