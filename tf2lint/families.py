"""Families of rules: the hundreds of a code say what goes wrong.

A family is a checker of its own in pylint, so that `--disable=tf2lint-names` works; documentation is grouped by it.
"""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Family:
    """`name` is what pylint's `--disable` takes; `prefixes` are those of the codes that belong to it."""

    name: str
    title: str
    prefixes: tuple[str, ...]


FAMILIES: tuple[Family, ...] = (
    Family("tf2lint-run", "About the run", ("TF0",)),
    Family("tf2lint-idioms", "The TensorFlow 1 program", ("TF1",)),
    Family("tf2lint-variables", "TensorFlow 1 variables and layers", ("TF2",)),
    Family("tf2lint-names", "Names", ("TF3",)),
    Family("tf2lint-calls", "Calls", ("TF4",)),
    Family("tf2lint-tracing", "Traced code", ("TF5", "TF6", "TF7", "TF8")),
    Family("tf2lint-keras", "Keras 3", ("TF9",)),
)

_BY_PREFIX = {prefix: family for family in FAMILIES for prefix in family.prefixes}


def family_of(code: str) -> Family:
    """The family of a rule's code."""
    return _BY_PREFIX[code[:3]]
