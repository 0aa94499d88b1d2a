"""Names of TensorFlow 2 that some of the targeted versions lack: later removed, or newer than the oldest target.

Of names that TensorFlow 1 had speak other rules. https://www.tensorflow.org/guide/versions
"""

from __future__ import annotations

import re

from tf2lint import api
from tf2lint.checkers.base import Reference, on_reference
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF307",
    pylint_id="E6846",
    symbol="tf-unavailable-symbol",
    summary="A name that came after TensorFlow 1 and that a targeted version does not have.",
    message="{name} {problem}: {hint}.",
    hint="write what every targeted version has, or check the version first",
    url="https://www.tensorflow.org/guide/versions#what_is_not_covered",
    severity=Severity.BREAKS,
)


@on_reference(RULE, order=35)
def unavailable(reference: Reference) -> Finding | None:
    """`tf.keras.optimizers.experimental.Adam`, `tf.keras.utils.set_random_seed` before 2.7."""
    if not reference.missing or reference.of_tensorflow_1:
        return None
    grown_up = _grown_up(reference.name, reference.value.worlds) if reference.instead is None else None
    return reference.finding(RULE, reference.absence(), hint=f"use {grown_up}" if grown_up else None)


def _grown_up(name: str, worlds: int) -> str | None:
    """The name that an experimental one got when it was no longer experimental, if all of the worlds have it."""
    found = re.sub(r"\.experimental(\.preprocessing)?\b", "", name)
    symbol = api.symbol(found) if found != name else None
    return found if symbol is not None and not worlds & ~symbol.worlds and not worlds & symbol.raises else None
