"""Names that the targeted TensorFlow does not have, or has and raises for, where no idiom speaks for them.

The tables come from the API database. https://www.tensorflow.org/guide/migrate/upgrade
"""

from __future__ import annotations

from tf2lint import api
from tf2lint.checkers.base import Reference, on_reference, puts_to_use
from tf2lint.findings import Finding, Rule, Severity

REMOVED = Rule(
    code="TF305",
    pylint_id="E6844",
    symbol="tf-removed-symbol",
    summary="A name of TensorFlow 1 that the targeted TensorFlow does not have, and that nothing takes the place of.",
    message="{name} {problem}: {hint}.",
    hint="nothing takes its place under another name",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#api_cleanup",
    severity=Severity.BREAKS,
)
RENAMED = Rule(
    code="TF306",
    pylint_id="E6845",
    symbol="tf-renamed-symbol",
    summary="A name of TensorFlow 1 that lives on under another name.",
    message="{name} {problem}: {hint}.",
    hint="use the new name",
    url="https://www.tensorflow.org/guide/migrate/upgrade#automatically_rewrite_tf_1x_and_compatv1_api_symbols",
    severity=Severity.BREAKS,
)
RAISING = Rule(
    code="TF308",
    pylint_id="E6847",
    symbol="tf-raising-symbol",
    summary="A name that is there, and raises whatever is done with it.",
    message="{name} {problem}: {hint}.",
    hint="write it with Keras layers",
    url="https://www.tensorflow.org/guide/migrate/model_mapping#incremental_migration_to_native_tf2",
    severity=Severity.BREAKS,
)

_CELLS = "tf.compat.v1.nn.rnn_cell."
"""`from tensorflow.compat.v1.nn.rnn_cell import LSTMCell` finds another module than the attributes do, and works."""

_LEGACY_OPTIMIZERS = ".optimizers.legacy."
"""These classes can be named, compared and annotated with: only making one, or deriving from one, raises."""


@on_reference(RAISING, order=10)
def raising(reference: Reference) -> Finding | None:
    """`tf.compat.v1.layers.dense` under Keras 3."""
    worlds = reference.raising
    if not worlds or (reference.name.startswith(_CELLS) and reference.imported_from == _CELLS.rstrip(".")):
        return None
    if _LEGACY_OPTIMIZERS in reference.name and not puts_to_use(reference.node):
        return None
    everywhere = worlds == reference.module.config.target
    where = "with Keras 3" if everywhere else f"in TensorFlow {api.describe(worlds)}"
    return reference.finding(RAISING, f"is there and raises whenever it is used {where}")


@on_reference(RENAMED, order=20)
def renamed(reference: Reference) -> Finding | None:
    """`tf.log`, which is `tf.math.log`."""
    if not (reference.missing and reference.of_tensorflow_1):
        return None
    if reference.instead is None or not reference.instead.native:
        return None
    return reference.finding(RENAMED, reference.absence())


@on_reference(REMOVED, order=30)
def removed(reference: Reference) -> Finding | None:
    """Everything else that TensorFlow 1.15 had."""
    if not (reference.missing and reference.of_tensorflow_1):
        return None
    return reference.finding(REMOVED, reference.absence())
