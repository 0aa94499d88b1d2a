"""The run of the command over files, alone or in several processes."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import os
import pathlib
import traceback
from collections.abc import Iterator, Sequence

from tf2lint import checkers, notebook, source
from tf2lint.checkers.run import NOT_ANALYSED, UNUSED_SUPPRESSION
from tf2lint.config import Config, Options, Projects
from tf2lint.engine import Linter, not_analysed
from tf2lint.findings import Finding
from tf2lint.notebook import Notebook
from tf2lint.suppress import Suppressions, unused_finding

_LINTERS_KEPT = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A finding to show, with 1-based character columns, the end exclusive, and the line that it begins on.

    In a notebook, the lines of its span count within `cell`, which counts from 1; it is 0 elsewhere.
    """

    finding: Finding
    column: int
    end_column: int
    line: str = ""
    cell: int = 0

    @property
    def place(self) -> str:
        """Where it stands in its file, as it is printed behind the file's name."""
        within = f"{self.finding.span.line}:{self.column}"
        return f"cell {self.cell}:{within}" if self.cell else within


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What came of one file: findings that no comment suppresses, or the traceback of an internal error."""

    path: str
    shown: tuple[Shown, ...] = ()
    failure: str = ""


class Worker:
    """Lints files one by one, and keeps what was learned about their projects."""

    def __init__(self, host: Options) -> None:
        self._host = host
        self._projects = Projects(host)
        self._linters: dict[Config, Linter] = {}

    def refresh(self) -> Projects:
        """Read the configuration and the project's modules anew where they changed; what did not change is kept.

        The projects are those that the next files are linted by.
        """
        if len(self._linters) > _LINTERS_KEPT:
            self._linters.clear()  # Most of them are of configurations that are no more.
        for linter in self._linters.values():
            linter.refresh()
        self._projects = Projects(self._host)
        return self._projects

    def lint(self, path: str, content: bytes | None = None) -> Result:
        """What comes of a file, or of a content that is said to be that file's. Raises ConfigError."""
        settings = self._projects.of(path)
        try:
            return Result(path, tuple(self._lint(pathlib.Path(os.path.abspath(path)), content, settings)))
        except Exception:  # noqa: BLE001  # It must neither be hidden nor keep the other files from being linted.
            return Result(path, failure=traceback.format_exc())

    def _lint(self, path: pathlib.Path, content: bytes | None, settings: Config) -> Iterator[Shown]:
        if settings not in self._linters:
            self._linters[settings] = Linter(settings)
        text, book, unread = _read(path, content)
        findings = self._linters[settings].lint(path, text) if unread is None else [unread]
        if book is not None:
            findings += map(not_analysed, book.unparsed)
        lines = source.lines(text)
        for finding in _unsuppressed(findings, text, settings):
            if finding.rule.symbol not in settings.disable:
                inside = 0 < finding.span.line <= len(lines)
                line = lines[finding.span.line - 1] if inside else ""
                shown = Shown(finding, *finding.span.characters(lines), line)
                yield shown if book is None else _in_cell(shown, book)


def _read(path: pathlib.Path, content: bytes | None) -> tuple[str, Notebook | None, Finding | None]:
    """The text of a file, and the notebook that it is, or the finding that says why there is none."""
    try:
        data = path.read_bytes() if content is None else content
        if path.suffix.lower() != notebook.SUFFIX:
            return source.decode(data), None, None
        book = notebook.read(data, path.name)
        return book.text, book, None
    except OSError as error:
        return "", None, not_analysed(ValueError(f"it can not be read: {error.strerror or error}"))
    except SyntaxError as error:
        return "", None, not_analysed(error)


def _in_cell(shown: Shown, book: Notebook) -> Shown:
    """The same with its place counted within its cell."""
    span = shown.finding.span
    start, end = book.place(span.line), book.place(span.end_line)
    return Shown(
        book.located(shown.finding),
        shown.column + start.shift,
        shown.end_column + end.shift,
        " " * start.shift + shown.line,
        start.cell,
    )


def lint_all(paths: Sequence[str], host: Options, jobs: int) -> Iterator[Result]:
    """The results of all files, in their order whatever the number of processes. Raises ConfigError."""
    if jobs == 1 or len(paths) < 2:
        worker = Worker(host)
        yield from map(worker.lint, paths)
        return
    # Neighbours share modules: they go to the same process, but not so many that another one idles at the end.
    chunk = max(1, min(16, len(paths) // (jobs * 4)))
    with concurrent.futures.ProcessPoolExecutor(min(jobs, len(paths)), initializer=_start, initargs=(host,)) as pool:
        yield from pool.map(_lint_here, paths, chunksize=chunk)


def _unsuppressed(findings: list[Finding], text: str, settings: Config) -> list[Finding]:
    if not findings and not settings.wants(UNUSED_SUPPRESSION):
        return []
    comments = Suppressions(text)
    left = [finding for finding in findings if not comments.suppresses(finding)]
    if settings.wants(UNUSED_SUPPRESSION) and not any(finding.rule is NOT_ANALYSED for finding in findings):
        left += _unused(comments, settings)
    return sorted(left, key=lambda finding: finding.sort_key)


def _unused(comments: Suppressions, settings: Config) -> Iterator[Finding]:
    looked_for = [rule for rule in checkers.rules() if settings.wants(rule) and rule is not UNUSED_SUPPRESSION]
    for mention in comments.unused(looked_for):
        finding = unused_finding(mention, UNUSED_SUPPRESSION)
        if not comments.suppresses(finding):
            yield finding


_worker: Worker | None = None


def _start(host: Options) -> None:
    global _worker
    _worker = Worker(host)


def _lint_here(path: str) -> Result:
    assert _worker is not None
    return _worker.lint(path)
