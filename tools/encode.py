"""The merged facts as the text that `tf2lint.api.data` reads (its docstring is the format), compressed."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.merge import Class, Merged, MergedMember, Name, Runs


def encode(
    merged: Merged, replacements: Mapping[str, list[str]], renames: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, str]:
    """File name -> text, before compression. The same facts give the same text."""
    numbers = _signature_numbers(merged)
    members = [member for cls in merged.classes.values() for member in cls.members.values()]
    results = _numbers([*(facts.returns for facts in merged.names.values()), *(member.returns for member in members)])
    names = [_line(name, facts, numbers, results) for name, facts in merged.names.items()]
    classes = [
        _class(name, cls, merged.names[name], numbers, results)
        for name, cls in merged.classes.items()
        if cls.bases or cls.members
    ]
    notes = []
    for name in sorted({*replacements, *(name for name, facts in merged.names.items() if facts.since)}):
        known = merged.names.get(name)
        notice = " ".join((known.since, *known.offered)) if known is not None and known.since else ""
        notes.append(f"{name}\t{' '.join(replacements.get(name, ()))}\t{notice}".rstrip("\t"))
    arguments = [
        f"{name}\t" + " ".join(f"{old}:" + ",".join(new) for old, new in sorted(entries.items()))
        for name, entries in renames.items()
    ]
    accepted = [(name, facts.keywords) for name, facts in merged.names.items() if facts.keywords]
    sets = _numbers(runs for _, runs in accepted)
    keywords = [f"{name}\t{_signatures(runs, sets, ' ')}" for name, runs in accepted]
    losses = [
        f"{name}\t" + " ".join(f"{word}:{mask:x}" for word, mask in sorted(cls.lost.items()))
        for name, cls in merged.classes.items()
        if cls.lost
    ]
    parts = [
        list(numbers),
        _sorted(classes),
        _sorted(notes),
        _sorted(arguments),
        list(sets),
        _sorted(keywords),
        list(results),
        _sorted(losses),
    ]
    return {
        "names.z": "\n".join(_sorted(names)),
        "details.z": "\n\n".join("\n".join(part) for part in parts),
    }


def compress(text: str) -> bytes:
    """The bytes that are shipped: zlib, which is quickest to read."""
    return zlib.compress(text.encode("ascii"), 9)


def _sorted(lines: list[str]) -> list[str]:
    # By the first column with its tab, as the bisection compares.
    return sorted(lines)


def _signature_numbers(merged: Merged) -> dict[str, int]:
    members = [member for cls in merged.classes.values() for member in cls.members.values()]
    lines = [facts.signatures for facts in merged.names.values()]
    return _numbers([*lines, *(member.signatures for member in members)])


def _numbers(lines: Iterable[Runs]) -> dict[str, int]:
    # The line of an empty value would look like the end of the part: it is written as a lone "/".
    counted: Counter[str] = Counter()
    for runs in lines:
        counted.update(value or "/" for _, value in runs if value is not None)
    # The frequent ones get the short numbers.
    ordered = sorted(counted, key=lambda value: (-counted[value].bit_length(), value))
    return {value: number for number, value in enumerate(ordered)}


def _signatures(runs: Runs, numbers: Mapping[str, int], separator: str) -> str:
    parts = []
    for epoch, value in runs:
        parts.append(f"{epoch}." if value is None else f"{epoch}.{numbers[value or '/']}")
    return separator.join(parts)


def _line(name: str, facts: Name, numbers: Mapping[str, int], results: Mapping[str, int]) -> str:
    masks = [f"{facts.worlds:x}"]
    if facts.imports != facts.worlds or facts.raises:
        masks.append(f"{facts.imports:x}")
    if facts.raises:
        masks.append(f"{facts.raises:x}")
    kind = facts.kind + ("o" if facts.open else "")
    columns = (
        name,
        kind,
        ":".join(masks),
        _signatures(facts.signatures, numbers, " "),
        _signatures(facts.returns, results, " "),
    )
    return "\t".join(columns).rstrip("\t")


def _class(name: str, cls: Class, facts: Name, numbers: Mapping[str, int], results: Mapping[str, int]) -> str:
    runs = " ".join(f"{epoch}:{','.join(bases)}" for epoch, bases in cls.bases)
    everywhere = facts.worlds | facts.imports
    members = " ".join(_member(member, found, everywhere, numbers, results) for member, found in cls.members.items())
    return f"{name}\t{runs}\t{members}"


def _member(
    name: str, member: MergedMember, everywhere: int, numbers: Mapping[str, int], results: Mapping[str, int]
) -> str:
    worlds = "" if member.worlds == everywhere else f"{member.worlds:x}"
    runs = (_signatures(member.signatures, numbers, "/"), _signatures(member.returns, results, "/"))
    return ":".join((name, member.kind, worlds, *runs)).rstrip(":")
