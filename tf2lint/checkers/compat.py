"""`tf.compat.v1`, which works, and keeps a program in TensorFlow 1's ways. Off by default.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#tfcompatv1_legacy_and_compatibility_api_endpoints
"""

from __future__ import annotations

from tf2lint import api
from tf2lint.checkers.base import Reference, imports_alone, on_reference
from tf2lint.findings import Finding, Rule, Severity

IMPORT = Rule(
    code="TF303",
    pylint_id="C6842",
    symbol="tf-compat-import",
    summary="An import of tf.compat.v1.",
    message="{name} {problem}: {hint}.",
    hint="import tensorflow and use the names of TensorFlow 2",
    url="https://www.tensorflow.org/guide/migrate/migrate_tf2#optional_migrate_off_tfcompatv1_symbols",
    severity=Severity.DISCOURAGED,
    default=False,
)
SYMBOL = Rule(
    code="TF304",
    pylint_id="C6843",
    symbol="tf-compat-symbol",
    summary="A name of tf.compat.v1 that works.",
    message="{name} {problem}: {hint}.",
    hint="move to what TensorFlow 2 has instead",
    url="https://www.tensorflow.org/guide/migrate/migrate_tf2#optional_migrate_off_tfcompatv1_symbols",
    severity=Severity.DISCOURAGED,
    default=False,
)


@on_reference(IMPORT, order=40, alive=imports_alone)
def imported(reference: Reference) -> Finding | None:
    """`import tensorflow.compat.v1 as tf`."""
    if not reference.imported or not f"{reference.name}.".startswith("tf.compat.v1."):
        return None
    return reference.finding(IMPORT, "is TensorFlow 1's API kept for compatibility", hint=IMPORT.hint)


@on_reference(SYMBOL, order=41, alive=lambda name, _: name.startswith("tf.compat.v1."))
def used(reference: Reference) -> Finding | None:
    """`tf.compat.v1.get_variable`."""
    if not reference.of_compat or reference.imported:
        return None
    same = f"tf.{reference.legacy}"
    instead = api.replacement(same, reference.value.worlds)
    hint = f"use {instead.name}" if instead is not None and instead.native else None
    return reference.finding(SYMBOL, "is TensorFlow 1's API kept for compatibility", hint=hint)
