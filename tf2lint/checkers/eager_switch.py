"""Switches between the behaviours of TensorFlow 1 and 2."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF118",
    pylint_id="E6828",
    symbol="tf-eager-switch",
    summary="Eager execution is on: the switches exist only in tf.compat.v1.",
    message="{name} {problem}: {hint}.",
    hint="drop it: TensorFlow 2 behaves this way already",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#eager_execution",
    severity=Severity.BREAKS,
)

NAMES = (
    "control_flow_v2_enabled disable_control_flow_v2 disable_eager_execution disable_resource_variables "
    "disable_tensor_equality disable_v2_behavior disable_v2_tensorshape enable_control_flow_v2 "
    "enable_eager_execution enable_resource_variables enable_tensor_equality enable_v2_behavior "
    "enable_v2_tensorshape experimental.output_all_intermediates resource_variables_enabled"
)

IDIOM = Idiom.of(RULE, NAMES)
