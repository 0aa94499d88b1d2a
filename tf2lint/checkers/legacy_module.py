"""Modules of TensorFlow 1 that were never about tensors: flags, logging, files, examples."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF310",
    pylint_id="E6849",
    symbol="tf-legacy-module",
    summary="tf.app, tf.flags, tf.logging, tf.gfile and their like are gone.",
    message="{name} {problem}: {hint}.",
    hint="use absl or Python's own library",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#api_cleanup",
    severity=Severity.BREAKS,
)

MODULES = "app flags logging gfile examples resource_loader user_ops python_io"

IDIOM = Idiom.of(RULE, " ".join(f"{module} {module}.*" for module in MODULES.split()))
