"""What the data say of changes in general, so that nobody has to go through all of them to know that a name is none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from tf2lint.api import axes, data


def collect(names: data.Table, details: data.Details) -> str:
    """The text of `changes.z` (see `tf2lint.api.data`), from that of the other files."""
    lost: dict[str, set[tuple[int, int]]] = {}
    for name, there, missing in (*_lost_methods(names, details), *_lost_attributes(details)):
        lost.setdefault(name, set()).add((there, missing))
    lines = [
        f"{name}\t" + " ".join(f"{there:x}:{missing:x}" for there, missing in sorted(found))
        for name, found in sorted(lost.items())
    ]
    return "\n\n".join("\n".join(part) for part in (_changing(names, details), _dropped(names, details), lines))


def _changing(names: data.Table, details: data.Details) -> list[str]:
    """The last parts of functions, classes and methods whose signature, or name, is not the same in every version."""
    found = {name for name, runs in _signatures(names, details) if len(runs) > 1}
    found.update(line.partition("\t")[0].rpartition(".")[2] for line in details.keywords.lines)
    # What takes the place of a name that went has arguments of its own.
    notes = (line.split("\t") for line in details.notes.lines)
    found.update(columns[0].rpartition(".")[2] for columns in notes if columns[1])
    return sorted(found)


def _dropped(names: data.Table, details: data.Details) -> list[str]:
    """The parameters that some function, class or method had in one version and lacks in a later one."""
    found: set[str] = set()
    for _, runs in _signatures(names, details):
        numbers = [int(number) for run in runs if (number := run.partition(".")[2])]
        taken = [set(re.findall(r"(?:^|,)(\w+)", details.signatures[number])) for number in numbers]
        found.update(*(earlier - later for earlier, later in itertools.pairwise(taken)))
    return sorted(found)


def _signatures(names: data.Table, details: data.Details) -> Iterator[tuple[str, list[str]]]:
    """The last parts of all names and members, with the runs of signatures that each has."""
    for line in names.lines:
        columns = line.split("\t")
        if len(columns) > 3:
            yield columns[0].rpartition(".")[2], columns[3].replace(",", " ").split(" ")
    for _, fields in _members(details):
        if len(fields) > 3:
            yield fields[0], fields[3].split("/")


def _lost_methods(names: data.Table, details: data.Details) -> Iterator[tuple[str, int, int]]:
    """The methods that a class lacks in worlds that have the class: where they are, and where they are not."""
    for cls, fields in _members(details):
        row = names.row(cls)
        if row is None or len(fields) < 3 or fields[1] != "f" or not fields[2]:
            continue
        on_keras = axes.follows_keras(cls)
        there = axes.unfold(int(fields[2], 16), on_keras)
        missing = axes.unfold(int(row[1].partition(":")[0], 16), on_keras) & ~there
        if there < missing:
            yield fields[0], there, missing


def _lost_attributes(details: data.Details) -> Iterator[tuple[str, int, int]]:
    for line in details.losses.lines:
        cls, _, entries = line.partition("\t")
        for entry in entries.split():
            name, _, mask = entry.partition(":")
            yield name, 0, axes.unfold(int(mask, 16), axes.follows_keras(cls))


def _members(details: data.Details) -> Iterator[tuple[str, list[str]]]:
    """Each class with each of its members, as the fields of the data file: name, kind, worlds, signatures, results."""
    for line in details.classes.lines:
        columns = line.split("\t")
        for member in columns[2].split(" ") if len(columns) > 2 else ():
            yield columns[0], member.split(":")
