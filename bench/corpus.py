"""The files of a package, and what tf2lint says of them."""

from __future__ import annotations

import dataclasses
import pathlib
import time
import traceback

from bench import fetch
from tf2lint import config, source
from tf2lint.engine import Linter
from tf2lint.findings import Finding

RESULTS = fetch.FOLDER.parent.parent / ".cache" / "bench"
"""Where results are written; git ignores it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A finding and its place: `path` is relative to the package's folder, `column` a 1-based character."""

    path: str
    column: int
    finding: Finding
    source_line: str

    @property
    def place(self) -> str:
        """`path:line:column`."""
        return f"{self.path}:{self.finding.span.line}:{self.column}"

    def __str__(self) -> str:
        rule = self.finding.rule
        return f"{self.place}: {rule.code} {rule.symbol} {self.finding.name} [{self.finding.message}]"


@dataclasses.dataclass(slots=True)
class Outcome:
    """What came of a package; `seconds` are CPU seconds of tf2lint alone, `crashes` tracebacks by file."""

    name: str
    files: int = 0
    lines: int = 0
    seconds: float = 0.0
    found: list[Found] = dataclasses.field(default_factory=list)
    crashes: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def not_analysed(self) -> list[Found]:
        """The findings that say why a file could not be read or parsed."""
        return [found for found in self.found if found.finding.rule.symbol == "tf-not-analysed"]


def folder_of(package: str, folder: pathlib.Path = fetch.FOLDER) -> pathlib.Path:
    """Where a package is unpacked. Raises FetchError where it is not."""
    path = folder / package
    if not path.is_dir():
        raise fetch.FetchError(f"{package} is not in {folder}: run python -m bench.fetch {package}")
    return path


def files_of(package: str, folder: pathlib.Path = fetch.FOLDER) -> list[pathlib.Path]:
    """Its Python files, sorted."""
    return sorted(folder_of(package, folder).rglob("*.py"))


def text_of(path: pathlib.Path) -> str | None:
    """The text of a file; None where it can not be decoded."""
    try:
        return source.decode(path.read_bytes())
    except SyntaxError:
        return None


def lint(package: str, folder: pathlib.Path = fetch.FOLDER) -> Outcome:
    """Lint a package with default settings, as a project of its own."""
    root = folder_of(package, folder)
    # The settings of this repository are not the package's.
    linter = Linter(dataclasses.replace(config.Projects().of_folder(root), project=root, source=None))
    outcome = Outcome(package)
    for path in files_of(package, folder):
        name = path.relative_to(root).as_posix()
        outcome.files += 1
        started = time.process_time()
        try:
            text = source.decode(path.read_bytes())
            findings = linter.lint(path, text)
        except Exception:  # noqa: BLE001  # Whatever it is, it is what this looks for.
            outcome.crashes[name] = traceback.format_exc()
            continue
        finally:
            outcome.seconds += time.process_time() - started
        lines = source.lines(text)
        outcome.lines += len(lines)
        for finding in findings:
            number = finding.span.line
            line = lines[number - 1] if 0 < number <= len(lines) else ""
            outcome.found.append(Found(name, finding.span.characters(lines)[0], finding, line))
    return outcome


def table(rows: list[list[str]]) -> str:
    """Rows as text; the first column is flush left, the others right."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
