"""Global lists of variables, and the global step."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF207",
    pylint_id="E6837",
    symbol="tf-global-variables",
    summary="There is no global list of variables: ask the object that owns them.",
    message="{name} {problem}: {hint}.",
    hint="ask the layer, model or tf.Module for its .variables or .trainable_variables",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#no_more_globals",
    severity=Severity.BREAKS,
)

NAMES = (
    "all_variables global_variables local_variables model_variables moving_average_variables "
    "train.assert_global_step train.create_global_step train.get_global_step train.get_or_create_global_step "
    "train.global_step trainable_variables"
)

EAGER = {
    "returns an empty list": (
        "all_variables global_variables local_variables model_variables moving_average_variables trainable_variables"
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
