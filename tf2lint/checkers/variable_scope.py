"""Variable scopes: names no longer decide which variable is meant."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF202",
    pylint_id="E6832",
    symbol="tf-variable-scope",
    summary="Variable scopes are gone: sharing a variable means sharing the object.",
    message="{name} {problem}: {hint}.",
    hint="share the layer or tf.Variable object itself; tf.name_scope still names",
    url="https://www.tensorflow.org/guide/migrate/model_mapping#variable-scope_based_variable_reuse",
    severity=Severity.BREAKS,
)

NAMES = "AUTO_REUSE VariableScope get_variable_scope variable_op_scope variable_scope"

IDIOM = Idiom.of(RULE, NAMES)
