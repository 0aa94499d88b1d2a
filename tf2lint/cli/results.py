"""What comes of a file, as the formats print it and the cache keeps it."""

from __future__ import annotations

import dataclasses

from tf2lint.findings import Finding, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tf2lint.cli.store import Entry


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A finding to show, with 1-based character columns, the end exclusive, and the line that it begins on.

    In a notebook, the lines of its span count within `cell`, which counts from 1; it is 0 elsewhere. There `in_file` is
    where the file has it, whose lines are those of its JSON.
    """

    finding: Finding
    column: int
    end_column: int
    line: str = ""
    cell: int = 0
    in_file: Span | None = None

    @property
    def file_span(self) -> Span:
        """Where it stands in its file, of which its edits are."""
        return self.in_file or self.finding.span

    @property
    def place(self) -> str:
        """Where it stands in its file, as it is printed behind the file's name."""
        within = f"{self.finding.span.line}:{self.column}"
        return f"cell {self.cell}:{within}" if self.cell else within


KILLED = "the process that worked on it was killed, perhaps for want of memory"


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What came of one file: findings that no comment suppresses, or the traceback of an internal error.

    `entries` are what a cache may keep of it.
    """

    path: str
    shown: tuple[Shown, ...] = ()
    failure: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def error(self) -> str:
        """The internal error in a line; empty where there was none."""
        if self.failure == KILLED:
            return KILLED
        return f"internal error: {self.failure.strip().splitlines()[-1]}" if self.failure else ""

    @property
    def plea(self) -> str:
        """The internal error with all that is needed to mend it."""
        if self.failure == KILLED:
            return KILLED
        return f"{self.error}\n{self.failure}Please report this, with the file."
