"""Imports from `tensorflow.python` and its like, which no release promises to keep. Off by default.

https://www.tensorflow.org/guide/versions#what_is_not_covered
"""

from __future__ import annotations

from tf2lint.checkers.base import Reference, imports_alone, on_reference
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF309",
    pylint_id="C6848",
    symbol="tf-private-import",
    summary="An import of a module that is not public.",
    message="{name} {problem}: {hint}.",
    hint="use the public name below tf",
    url="https://www.tensorflow.org/guide/versions#what_is_not_covered",
    severity=Severity.DISCOURAGED,
    default=False,
)

_PRIVATE = ("tf.python", "tf.core", "tf.compiler", "tf.tools", "tf._api", "keras.src", "keras.engine")


@on_reference(RULE, order=50, alive=imports_alone)
def imported(reference: Reference) -> Finding | None:
    """`from tensorflow.python.framework import ops`."""
    if not reference.imported or not any(f"{reference.name}.".startswith(f"{p}.") for p in _PRIVATE):
        return None
    return reference.finding(RULE, "is not public and changes without notice")
