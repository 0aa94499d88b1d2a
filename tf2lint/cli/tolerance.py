"""How the findings of a run stand to the baselines of the projects that it went through."""

from __future__ import annotations

import dataclasses
import os
import pathlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from tf2lint import baseline, checkers
from tf2lint.cli.results import Result, Shown
from tf2lint.config import Config, Projects
from tf2lint.findings import Rule


class Tolerance:
    """Holds each file's findings against the baseline of its project, and remembers what there are fewer of."""

    def __init__(self, projects: Projects, baseline_of: Callable[[str], pathlib.Path | None] | None = None) -> None:
        self._projects = projects
        self._baseline_of = baseline_of or (lambda path: projects.of(path).baseline)
        self._seen: dict[pathlib.Path, dict[str, baseline.Counts]] = {}
        self._looked_for: dict[pathlib.Path, set[str]] = {}

    def allowed(self, path: str) -> baseline.Counts:
        """What the baseline of a file allows it; nothing where there is no baseline. Raises ConfigError."""
        file = self._baseline_of(path)
        return {} if file is None else baseline.load(file).allowed(path)

    def see(self, result: Result) -> None:
        """Remember what there is in a file. Raises ConfigError."""
        file = self._baseline_of(result.path)
        if file is None:
            return
        settings, allowed = self._projects.of(result.path), self.allowed(result.path)
        found = baseline.count(shown.finding for shown in result.shown)
        # Of a file that brought us down nothing is known: it needs what it may have.
        known = looked_for(settings, result.path)
        needed = allowed if result.failure else lowered(found, allowed, known)
        self._seen.setdefault(file, {})[baseline.relative(result.path, file)] = needed
        self._looked_for.setdefault(file, set()).update(known)

    def above(self, result: Result) -> Iterator[Shown]:
        """What is to be shown of a file. Raises ConfigError."""
        allowed = self.allowed(result.path)
        if not allowed:
            yield from result.shown
            return
        found = baseline.count(shown.finding for shown in result.shown)
        for shown in result.shown:
            finding = baseline.judged(shown.finding, found, allowed)
            if finding is not None:
                yield dataclasses.replace(shown, finding=finding)

    def tightened(self, file: pathlib.Path, gone_below: Sequence[str]) -> dict[str, baseline.Counts]:
        """The counts of a baseline, lowered to what was seen; what was not seen below these paths is gone."""
        seen, known = self._seen.get(file, {}), self._looked_for.get(file, set())
        counts: dict[str, baseline.Counts] = {}
        for key, allowed in baseline.load(file).counts.items():
            if key not in seen and is_below(key, file, gone_below):
                counts[key] = {code: number for code, number in allowed.items() if code not in known}
            else:
                counts[key] = seen.get(key, allowed)
        return counts

    def fewer(self, gone_below: Sequence[str], chosen: Container[Rule]) -> int:
        """How many findings of the chosen rules the baselines allow that are not there any more."""
        codes = {rule.code for rule in checkers.rules() if rule in chosen}
        number = 0
        for file in self._seen:
            tightened = self.tightened(file, gone_below)
            for key, allowed in baseline.load(file).counts.items():
                left = tightened[key]
                number += sum(count - left.get(code, 0) for code, count in allowed.items() if code in codes)
        return number


def lowered(found: baseline.Counts, allowed: baseline.Counts, known: Container[str]) -> Mapping[str, int]:
    """What a file needs of what it is allowed: never more, and as much where nothing is known."""
    if not baseline.comparable(found, allowed):
        return allowed
    return {code: min(count, found.get(code, 0)) if code in known else count for code, count in allowed.items()}


def looked_for(settings: Config, path: str) -> set[str]:
    """The codes of the rules whose findings would have been seen in a file."""
    hidden = settings.disable | settings.ignored(path)
    return {rule.code for rule in checkers.rules() if settings.wants(rule) and rule.symbol not in hidden}


def is_below(key: str, file: pathlib.Path, paths: Sequence[str]) -> bool:
    """Whether a file that a baseline names is, or lies below, one of these paths."""
    whole = baseline.absolute(key, file)
    return any(
        whole.is_relative_to(os.path.realpath(path)) or whole == pathlib.Path(os.path.abspath(path)) for path in paths
    )
