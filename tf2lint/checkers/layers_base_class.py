"""Classes derived from the layers of TensorFlow 1.

https://www.tensorflow.org/guide/migrate/model_mapping#the_track_tf1_style_variables_decorator
"""

from __future__ import annotations

from astroid import nodes

from tf2lint.checkers.base import Reference, on_reference
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF205",
    pylint_id="E6835",
    symbol="tf-layers-base-class",
    summary="A layer class derived from a layer of TensorFlow 1.",
    message="{name} {problem}: {hint}.",
    hint="derive from tf.keras.layers.Layer and make the weights in build with add_weight",
    url="https://www.tensorflow.org/guide/migrate/model_mapping#incremental_migration_to_native_tf2",
    severity=Severity.BREAKS,
)

_ORDER = -10
"""Before the idioms, which speak for the same names."""


@on_reference(RULE, order=_ORDER)
def derived(reference: Reference) -> Finding | None:
    """`class Mine(tf.layers.Layer):`."""
    owner = reference.node.parent
    if not isinstance(owner, nodes.ClassDef) or reference.node not in owner.bases:
        return None
    if not reference.legacy.startswith("layers."):
        return None
    if reference.missing:
        return reference.finding(RULE, reference.absence(), hint=RULE.hint)
    if reference.raising:
        return reference.finding(RULE, "raises with Keras 3, so the class statement fails", hint=RULE.hint)
    return None
