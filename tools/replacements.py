"""Candidates for the replacement of a name, from three sources, the surest first.

1. `replacements.toml`: kept by hand and reviewed.
2. TensorFlow's rename tables, the union over all wheels.
3. The names in deprecation notices, where a notice names exactly one.

Whether a candidate is alive is asked when it is about to be offered, for the versions that a project targets.
"""

from __future__ import annotations

import pathlib
import sys
from typing import TYPE_CHECKING

from tools import renames

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from tools.merge import Merged

TABLE = pathlib.Path(__file__).with_name("replacements.toml")


def by_hand() -> dict[str, list[str]]:
    """The hand-kept table: name -> candidates; an empty list says that there is no native equivalent."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {name: [] for name in table["none"]["names"]}
    for name, target in table["replace"].items():
        found[name] = [target] if isinstance(target, str) else list(target)
    return found


def collect(merged: Merged, cache: pathlib.Path) -> dict[str, list[str]]:
    """Name -> candidates, best first."""
    kept = by_hand()
    tables = renames.read(cache)
    found: dict[str, list[str]] = {}
    for name in sorted({*kept, *tables, *merged.names}):
        candidates = dict.fromkeys(kept.get(name, []))
        listed = list(tables.get(name, []))
        facts = merged.names.get(name)
        if facts is not None and len(facts.offered) == 1 and not listed:
            listed += [offer for offer in facts.offered if offer in merged.names]
        if name in kept:
            # What was kept by hand is final, but for the way through compat.v1.
            listed = [target for target in listed if target.startswith("tf.compat.v1.")]
        candidates.update(dict.fromkeys(listed))
        candidates.pop(name, None)
        if candidates:
            found[name] = list(candidates)
    return found
