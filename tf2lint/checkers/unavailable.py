"""Names that TensorFlow 1.15 did not have and some targeted version lacks: later removed, too new, or never there.

Of names that TensorFlow 1 had speak other rules. https://www.tensorflow.org/guide/versions
"""

from __future__ import annotations

import functools
import re

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers.base import Reference, on_reference
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF307",
    pylint_id="E6846",
    symbol="tf-unavailable-symbol",
    summary="A name that TensorFlow 1.15 did not have, and that a targeted version does not have either.",
    message="{name} {problem}: {hint}.",
    hint="write what every targeted version has, or check the version first",
    url="https://www.tensorflow.org/guide/versions#what_is_not_covered",
    severity=Severity.BREAKS,
)


@on_reference(RULE, order=35)
def unavailable(reference: Reference) -> Finding | None:
    """`tf.keras.optimizers.experimental.Adam`, `tf.keras.utils.set_random_seed` before 2.7."""
    symbol = api.symbol(reference.known) if reference.known else None
    # Of what is implementation the database does not record all that each release had.
    if not reference.missing or reference.of_tensorflow_1 or symbol is None or symbol.open:
        return None
    grown_up = _grown_up(reference.name, reference.value.worlds) if reference.instead is None else None
    return reference.finding(RULE, reference.absence(), hint=f"use {grown_up}" if grown_up else None)


@on_reference(RULE, order=36)
def never_there(reference: Reference) -> Finding | None:
    """`tf.compat.v1.summary.historgram`, `tf.mul`."""
    if not reference.never or reference.value.inferred:
        return None
    if reference.module.ev.guards.expects_absence(reference.node):
        return None
    error = "ImportError" if reference.imported else "AttributeError"
    near = _elsewhere(reference.name, reference.value.worlds) or api.suggest(reference.name, reference.value.worlds)
    hint = f"the nearest name is {near}" if near else "look for the name that was meant"
    problem = f"is in no TensorFlow from {versions.TENSORFLOW[0]} to {versions.TENSORFLOW[-1]} ({error})"
    return reference.finding(RULE, problem, hint=hint)


@functools.lru_cache(maxsize=256)
def _elsewhere(name: str, worlds: int) -> str | None:
    """The one name with the same last part elsewhere in the same API: `tf.compat.v1.train.AdamOptimizer`."""
    last = name.rpartition(".")[2]
    if last not in api.last_names():
        return None
    of_compat = name.startswith("tf.compat.v1.")
    found = []
    for other in api.names():
        if not other.endswith(f".{last}") or other.startswith(_ASIDE) or not other.startswith("tf."):
            continue
        symbol = api.symbol(other)
        alive = symbol is not None and not worlds & (symbol.raises | ~symbol.worlds)
        if alive and other.startswith("tf.compat.v1.") is of_compat:
            found.append(other)
    return found[0] if len(found) == 1 else None


_ASIDE = ("tf.raw_ops.", "tf.contrib.", "tf.compat.v1.raw_ops.", "tf.__internal__.")


def _grown_up(name: str, worlds: int) -> str | None:
    """The name that an experimental one got when it was no longer experimental, if all of the worlds have it."""
    found = re.sub(r"\.experimental(\.preprocessing)?\b", "", name)
    symbol = api.symbol(found) if found != name else None
    if symbol is None or worlds & ~symbol.worlds or worlds & symbol.raises:
        return None
    return found if symbol.kind is not api.Kind.MODULE else f"what is in {found}"
