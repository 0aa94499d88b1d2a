"""Names of Keras 2 that Keras 3 does not have. The table comes from the API database.

https://www.tensorflow.org/guide/keras
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers import hints
from tf2lint.checkers.base import Reference, on_reference, with_keras_3
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference import keras

RULE = Rule(
    code="TF901",
    pylint_id="E6803",
    symbol="tf-keras-removed",
    summary="A name of Keras 2 that Keras 3 does not have.",
    message="{name} {problem}: {hint}.",
    hint="nothing takes its place in Keras 3; the package tf-keras keeps Keras 2",
    url="https://www.tensorflow.org/guide/keras",
    severity=Severity.BREAKS,
    since="2.16",
)

_KERAS_2 = versions.bit("2.15") | versions.bit(versions.TENSORFLOW[-1], "2")
_PROVISIONAL = frozenset(("experimental", "preprocessing", "legacy"))
"""Parts of names below which Keras 2 kept what it had not settled yet, or was about to drop."""


@on_reference(RULE, order=15)
def removed(reference: Reference) -> Finding | None:
    """`tf.keras.backend.function`."""
    if keras.below_keras(reference.name) is None:
        return None
    gone = reference.missing & versions.KERAS_3
    known = api.symbol(reference.known or "")
    present = known.worlds | known.imports if known is not None else 0
    if not gone or not present & _KERAS_2:
        return None
    error = "ImportError" if reference.imported else "AttributeError"
    since = versions.since(present, gone, on_keras=True)
    if gone == reference.module.config.target and since.startswith("Keras 3."):
        problem = f"was removed in {since} ({error})"
    else:
        problem = f"does not exist {with_keras_3(gone, reference.module.config.target)} ({error})"
    return reference.finding(RULE, problem, hint=_instead(reference))


def _instead(reference: Reference) -> str | None:
    """What to write, where no hint is about this very name."""
    found = hints.of(reference.name, reference.module.config.target)
    if reference.known != reference.name or (found is not None and found.name == reference.legacy):
        return None
    for name in _candidates(reference.name):
        if api.is_alive(name, reference.value.worlds):
            return f"use {name}"
    return None


def _candidates(name: str) -> Iterator[str]:
    """Names under which Keras 3 may have the same thing."""
    *owner, last = name.split(".")
    settled = ".".join([*(part for part in owner if part not in _PROVISIONAL), last])
    if settled != name:
        yield settled
    if "backend" in owner:
        yield f"keras.ops.{last}"
    if name.startswith("keras."):
        yield f"tf.{name}"
