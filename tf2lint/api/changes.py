"""Which names have changed their arguments, so that a call of anything else need not be looked at."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from tf2lint.api import axes, data, database


@functools.cache
def changing() -> frozenset[str]:
    """The last parts of functions, classes and methods whose signature, or name, is not the same in every version."""
    found = set()
    for line in data.names().lines:
        columns = line.split("\t")
        if len(columns) > 3 and len(columns[3].replace(",", " ").split(" ")) > 1:
            found.add(columns[0].rpartition(".")[2])
    found.update(fields[0] for _, fields in _members() if len(fields) > 3 and "/" in fields[3])
    found.update(line.partition("\t")[0].rpartition(".")[2] for line in data.details().keywords.lines)
    # What takes the place of a name that went has arguments of its own.
    for line in data.details().notes.lines:
        columns = line.split("\t")
        if columns[1]:
            found.add(columns[0].rpartition(".")[2])
    return frozenset(found)


@functools.cache
def dropped_keywords() -> frozenset[str]:
    """The parameters that some function, class or method had in one version and lacks in a later one."""
    found = set()
    for line in data.names().lines:
        columns = line.split("\t")
        if len(columns) > 3:
            found |= _dropped(columns[3].replace(",", " ").split(" "))
    for _, fields in _members():
        if len(fields) > 3:
            found |= _dropped(fields[3].split("/"))
    return frozenset(found)


def _dropped(runs: list[str]) -> set[str]:
    numbers = [int(number) for run in runs if (number := run.partition(".")[2])]
    if len(numbers) < 2:
        return set()
    names = [set(re.findall(r"(?:^|,)(\w+)", data.details().signatures[number])) for number in numbers]
    return set().union(*(earlier - later for earlier, later in itertools.pairwise(names)))


@functools.cache
def lost_names(worlds: int) -> frozenset[str]:
    """The attributes that some class, or its instances, lacks in one of the worlds and had in another."""
    found = _lost_methods(worlds)
    for line in data.details().losses.lines:
        cls, _, entries = line.partition("\t")
        for entry in entries.split():
            name, _, mask = entry.partition(":")
            if axes.unfold(int(mask, 16), axes.follows_keras(cls)) & worlds:
                found.add(name)
    return frozenset(found)


def _lost_methods(worlds: int) -> set[str]:
    """The methods that a class which is there lacks in one of the worlds."""
    found = set()
    for cls, fields in _members():
        if len(fields) < 3 or fields[1] != "f" or not fields[2]:
            continue
        there = axes.unfold(int(fields[2], 16), axes.follows_keras(cls))
        owner = database.symbol(cls)
        if owner is not None and owner.worlds & worlds & ~there and there < owner.worlds & worlds & ~there:
            found.add(fields[0])
    return found


def _members() -> Iterator[tuple[str, list[str]]]:
    """Each class with each of its members, as the fields of the data file: name, kind, worlds, signatures, results."""
    for line in data.details().classes.lines:
        columns = line.split("\t")
        for member in columns[2].split(" ") if len(columns) > 2 else ():
            yield columns[0], member.split(":")
