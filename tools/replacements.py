"""Candidates for the replacement of a name, from four sources, the surest first.

1. `replacements.toml`: kept by hand and reviewed.
2. TensorFlow's rename tables, the union over all wheels.
3. The names in deprecation notices, where they are the same thing under a new name.
4. Other names for the same function or class in the last version that had the name.

Whether a candidate is alive is asked when it is about to be offered, for the versions that a project targets.
"""

from __future__ import annotations

import pathlib
import sys
from typing import TYPE_CHECKING

from tf2lint.api.versions import KERAS, TENSORFLOW
from tools import renames

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.facts import Edition
    from tools.merge import Merged

TABLE = pathlib.Path(__file__).with_name("replacements.toml")


def by_hand() -> dict[str, list[str]]:
    """The hand-kept table: name -> candidates; an empty list says that there is no native equivalent."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {name: [] for name in table["none"]["names"]}
    for name, target in table["replace"].items():
        found[name] = [target] if isinstance(target, str) else list(target)
    for name in [name for name in found if name.startswith("tf.") and not name.startswith("tf.contrib.")]:
        found.setdefault("tf.compat.v1." + name.removeprefix("tf."), found[name])
    return found


def collect(merged: Merged, editions: Mapping[str, Edition], cache: pathlib.Path) -> dict[str, list[str]]:
    """Name -> candidates, best first."""
    kept = by_hand()
    tables = renames.read(cache)
    aliases = _aliases(editions)
    found: dict[str, list[str]] = {}
    for name in sorted({*kept, *tables, *merged.names}):
        listed = list(tables.get(name, ()))
        facts = merged.names.get(name)
        if facts is not None and not listed:
            listed += [offer for offer in facts.offered if _same_thing(merged, name, offer)]
        listed += aliases.get(name, ())
        if name.startswith("tf.contrib.keras."):
            listed.append("tf.keras." + name.removeprefix("tf.contrib.keras."))
        if name in kept:
            # What was kept by hand is final, but for the way through compat.v1.
            listed = [*kept[name], *(target for target in listed if target.startswith("tf.compat.v1."))]
        # The same name in compat.v1 is what a look-up tries last of all by itself.
        implied = "tf.compat.v1." + name.removeprefix("tf.")
        candidates = [
            target for target in dict.fromkeys(listed) if target not in (name, implied) and _known(merged, target)
        ]
        if candidates:
            found[name] = candidates
    return found


def _known(merged: Merged, name: str) -> bool:
    cls = merged.classes.get(name.rpartition(".")[0])
    return name in merged.names or cls is not None


def _same_thing(merged: Merged, name: str, offer: str) -> bool:
    """Whether what a notice offers is the same thing elsewhere, and not a whole other way of doing it."""
    there = merged.names.get(offer)
    if there is None or there.kind != merged.names[name].kind:
        return False
    old, new = (full.rpartition(".")[2].replace("_", "").lower() for full in (name, offer))
    return old.endswith(new) or new.endswith(old)


def _aliases(editions: Mapping[str, Edition]) -> dict[str, list[str]]:
    """For a name that went: other names that it had for the same thing, which the newest editions still call alike."""
    newest = dict(editions[TENSORFLOW[-1]].facts)
    newest.update(editions[f"keras-{KERAS[-1]}"].facts)
    found: dict[str, list[str]] = {}
    for last in ("1.15", "2.15"):
        groups: dict[str, list[str]] = {}
        for name, fact in editions[last].facts.items():
            if fact.identity is not None and fact.attribute:
                groups.setdefault(fact.identity, []).append(name)
        for names in groups.values():
            alive = []
            for name in sorted(names, key=lambda name: (name.count("."), name)):
                now, then = newest.get(name), editions[last].facts[name]
                # A v2 function may have taken the name since: then its arguments differ.
                if now is not None and now.signature is not None and _shape(now.signature) == _shape(then.signature):
                    alive.append(name)
            for name in names:
                # `tf.losses.x` was one thing in 1.15 and is another since 2.0.
                stable = last == "1.15" or name not in editions["1.15"].facts or name.startswith("tf.keras.")
                if name not in newest and alive and stable:
                    found.setdefault(name, []).extend(alive)
    return found


def _shape(signature: str | None) -> list[str]:
    """The names of a signature's parameters."""
    return [part.partition("=")[0] for part in (signature or "").split(",")]
