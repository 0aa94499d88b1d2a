"""What a report is about: files, what was found in them, and the numbers that follow."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Sequence

from tf2lint.findings import Fix, Severity


@dataclasses.dataclass(frozen=True, slots=True)
class About:
    """What a report says of a rule."""

    code: str
    symbol: str
    summary: str
    url: str
    severity: Severity


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """One finding; `place` is where it stands in its file, as it is printed behind the file's name."""

    about: About
    place: str
    message: str
    url: str
    fix: Fix


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A file that was looked at. `importers`: how many others import it. None for what is not known."""

    path: str
    lines: int | None = None
    importers: int | None = None
    hits: tuple[Hit, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be looked at, and why."""

    path: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Repository:
    """The files of one project; `name` is empty where there is but one."""

    name: str
    files: tuple[File, ...]
    troubles: tuple[Trouble, ...] = ()

    def path(self, file: File | Trouble) -> str:
        """A path that says which repository it is in."""
        return f"{self.name}/{file.path}" if self.name else file.path


@dataclasses.dataclass(slots=True)
class Tally:
    """How much there is in some files."""

    files: int = 0
    touched: int = 0
    lines: int = 0
    measured: bool = True
    """Whether the lines of every file are known."""
    severities: collections.Counter[Severity] = dataclasses.field(default_factory=collections.Counter)
    fixes: collections.Counter[Fix] = dataclasses.field(default_factory=collections.Counter)

    def add(self, file: File) -> None:
        """Count a file in."""
        self.files += 1
        self.touched += bool(file.hits)
        self.lines += file.lines or 0
        self.measured = self.measured and file.lines is not None
        self.severities.update(hit.about.severity for hit in file.hits)
        self.fixes.update(hit.fix for hit in file.hits)

    def join(self, other: Tally) -> None:
        """Count in what another tally counted."""
        self.files += other.files
        self.touched += other.touched
        self.lines += other.lines
        self.measured = self.measured and other.measured
        self.severities.update(other.severities)
        self.fixes.update(other.fixes)

    @property
    def findings(self) -> int:
        """All of them."""
        return self.severities.total()

    @property
    def breaks(self) -> int:
        """Findings of rules that say that something breaks."""
        return self.severities[Severity.BREAKS]

    @property
    def density(self) -> float | None:
        """Findings per 1,000 lines; None where that is not known."""
        return 1000 * self.findings / self.lines if self.lines and self.measured else None


def tally(files: Iterable[File]) -> Tally:
    """How much there is in these files."""
    whole = Tally()
    for file in files:
        whole.add(file)
    return whole


def urgency(file: File) -> int:
    """How soon a file is to be done: what breaks, once for itself and once for each file that imports it."""
    return tally([file]).breaks * (1 + (file.importers or 0))


def first_to_do(repositories: Sequence[Repository]) -> list[tuple[Repository, File]]:
    """The files with findings, the most urgent first; of equal ones that with more findings, then by name."""
    found = [(repository, file) for repository in repositories for file in repository.files if file.hits]
    return sorted(found, key=lambda pair: (-urgency(pair[1]), -len(pair[1].hits), pair[0].path(pair[1])))


def by_rule(files: Iterable[File]) -> list[tuple[About, int, int]]:
    """Each rule that spoke, how often, and in how many files; the most frequent first."""
    counts: collections.Counter[str] = collections.Counter()
    touched: collections.Counter[str] = collections.Counter()
    known: dict[str, About] = {}
    for file in files:
        counts.update(hit.about.code for hit in file.hits)
        touched.update({hit.about.code for hit in file.hits})
        known.update((hit.about.code, hit.about) for hit in file.hits)
    return [
        (known[code], counts[code], touched[code]) for code in sorted(counts, key=lambda code: (-counts[code], code))
    ]
