"""`tf.contrib`, which ended with TensorFlow 1.15.

https://www.tensorflow.org/guide/migrate/migrate_tf2#remove_usage_of_tfcontrib
"""

from __future__ import annotations

from tf2lint.checkers.base import Reference, on_reference
from tf2lint.findings import Finding, Rule, Severity

CONTRIB = Rule(
    code="TF301",
    pylint_id="E6840",
    symbol="tf-contrib",
    summary="tf.contrib is gone: some of it moved into TensorFlow, some into packages of its own, much is no more.",
    message="{name} {problem}: {hint}.",
    hint="find the part's new home, or vendor it",
    url="https://www.tensorflow.org/guide/migrate/migrate_tf2#remove_usage_of_tfcontrib",
    severity=Severity.BREAKS,
)
IMPORT = Rule(
    code="TF302",
    pylint_id="E6841",
    symbol="tf-contrib-import",
    summary="An import from tf.contrib fails.",
    message="{name} {problem}: {hint}.",
    hint="find the part's new home, or vendor it",
    url="https://www.tensorflow.org/guide/migrate/migrate_tf2#remove_usage_of_tfcontrib",
    severity=Severity.BREAKS,
)


@on_reference(IMPORT, order=0)
def imported(reference: Reference) -> Finding | None:
    """`from tensorflow.contrib import slim`."""
    if not reference.imported or not _is_contrib(reference):
        return None
    return reference.finding(IMPORT, reference.absence())


@on_reference(CONTRIB, order=1)
def used(reference: Reference) -> Finding | None:
    """`tf.contrib.slim.conv2d`, or `slim.conv2d` after an import."""
    return reference.finding(CONTRIB, reference.absence()) if _is_contrib(reference) else None


def _is_contrib(reference: Reference) -> bool:
    return bool(reference.missing) and (reference.legacy == "contrib" or reference.legacy.startswith("contrib."))
