"""Which rules are not told of in which files: the key `per-file-ignores`, written as ruff or as flake8 has it."""

from __future__ import annotations

import dataclasses
import fnmatch
import os
import pathlib
import re

Ignores = tuple[tuple[str, tuple[str, ...]], ...]
"""Patterns, each with the names of rules."""


@dataclasses.dataclass(frozen=True, slots=True)
class PerFile:
    """The symbols of rules that are not told of in the files that a pattern matches; it counts from `folder`."""

    folder: pathlib.Path
    pattern: str
    symbols: frozenset[str]

    def matches(self, path: str | os.PathLike[str]) -> bool:
        """Whether the pattern is one of the file's name, of its path, or of a folder that it lies in."""
        pattern = self.pattern.removeprefix("!").removeprefix("./").rstrip("/")
        whole = pathlib.Path(os.path.abspath(path))
        names = [whole.name]
        if whole.is_relative_to(self.folder):
            below = whole.relative_to(self.folder)
            names += [part.as_posix() for part in (below, *below.parents)][:-1]
        found = any(fnmatch.fnmatch(name, pattern) for name in names)
        return found is not self.pattern.startswith("!")


def parse(value: object) -> Ignores:
    """What a table of TOML, or the lines of another file, say. Raises ValueError with the reason."""
    if isinstance(value, str):
        return _lines(value)
    if not isinstance(value, dict):
        raise ValueError('must be a table: "tests/*" = ["TF101"]')
    found = []
    for pattern, names in value.items():
        if isinstance(names, str):
            names = [names]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(f"{pattern!r} must have a list of rules")
        found.append((pattern, tuple(names)))
    return tuple(found)


def _lines(value: str) -> Ignores:
    """`tests/*: TF101, TF2`; several patterns have commas between them, and rules may go on in the next line."""
    found: list[tuple[str, tuple[str, ...]]] = []
    patterns: list[str] = []
    for line in value.splitlines():
        before, colon, after = line.rpartition(":")
        if colon:
            patterns = [part.strip() for part in before.split(",") if part.strip()]
        names = tuple(re.findall(r"[^\s,]+", after))
        if names and not patterns:
            raise ValueError(f"{line.strip()!r} must be a pattern, a colon, and rules: tests/*: TF101")
        found += ((pattern, names) for pattern in patterns)
    return tuple(found)
