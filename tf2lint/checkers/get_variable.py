"""Variables made by name: `tf.get_variable`."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF201",
    pylint_id="E6831",
    symbol="tf-get-variable",
    summary="Variables are objects: no store finds them by name.",
    message="{name} {problem}: {hint}.",
    hint="create a tf.Variable once and keep it on the object that uses it",
    url="https://www.tensorflow.org/guide/migrate/model_mapping#layer_built_with_tfcompatv1get_variable",
    severity=Severity.BREAKS,
)

NAMES = (
    "create_partitioned_variables fixed_size_partitioner get_local_variable get_variable make_template "
    "min_max_variable_partitioner no_regularizer variable_axis_size_partitioner"
)

IDIOM = Idiom.of(RULE, NAMES)
