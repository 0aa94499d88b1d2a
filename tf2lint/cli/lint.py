"""The run of the command over files, alone or in several processes."""

from __future__ import annotations

import contextlib
import functools
import os
import pathlib
from collections.abc import Callable, Container, Iterator, Sequence

from tf2lint import checkers, source
from tf2lint.api import versions
from tf2lint.checkers.run import NOT_ANALYSED, PYTHON_2, UNUSED_SUPPRESSION
from tf2lint.cli import processes
from tf2lint.cli.results import KILLED, Result, Shown
from tf2lint.config import Config, Options, Projects
from tf2lint.findings import Finding, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tf2lint.cli.cache import Cache, Recorder
    from tf2lint.engine import Linter
    from tf2lint.notebook import Notebook
    from tf2lint.suppress import Suppressions

_LINTERS_KEPT = 8

# What brings astroid with it is imported where a file is linted: where all is in the cache, none is.


class Worker:
    """Lints files one by one, and keeps what was learned about their projects; `recorder` makes entries of it."""

    def __init__(self, host: Options, recorder: Recorder | None = None) -> None:
        self._host = host
        self._projects = Projects(host)
        self._linters: dict[Config, Linter] = {}
        self._recorder = recorder

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
        recorder = self._recorder if content is None else None
        if recorder is not None:
            with contextlib.suppress(OSError):  # It is told of when it is read again.
                content = source.read(pathlib.Path(path))
        try:
            whole = pathlib.Path(os.path.abspath(path))
            shown = tuple(self._lint(whole, content, settings))
            if recorder is None or content is None:
                return Result(path, shown)
            consulted = self._linters[settings].consulted(whole)
            return Result(path, shown, entries=recorder.entries(path, settings, content, shown, consulted))
        except Exception:  # noqa: BLE001  # It must neither be hidden nor keep the other files from being linted.
            import traceback

            return Result(path, failure=traceback.format_exc())

    def _lint(self, path: pathlib.Path, content: bytes | None, settings: Config) -> Iterator[Shown]:
        from tf2lint import python2
        from tf2lint.engine import Linter, not_analysed

        if settings not in self._linters:
            self._linters[settings] = Linter(settings)
        text, book, unread = _read(path, content)
        linter = self._linters[settings]
        digest = "" if content is None else source.digest(content)
        findings = linter.lint(path, text, digest) if unread is None else [unread]
        about = None if book is None else book.python_2
        if book is not None:
            findings += map(not_analysed, book.unparsed)
        hidden = settings.disable | settings.ignored(path)
        unparsed = [finding.rule for finding in findings] == [NOT_ANALYSED]
        if not findings and NOT_ANALYSED.symbol in hidden:
            unparsed = True  # It may be: then that is kept back already.
        old = python2.read(text) if book is None and unread is None and unparsed else None
        lines = source.lines(text)
        if old is not None:
            text, about = old.text, old.finding()
            findings = linter.lint(path, text, digest, importable=False)
        if about is not None and _matters(settings):
            findings.append(about)
        for finding in _unsuppressed(findings, text, settings, hidden):
            if finding.rule.symbol not in hidden:
                if book is not None:
                    yield _in_cell(finding, book)
                else:
                    yield _shown(finding if old is None else old.located(finding), lines)


def _matters(settings: Config) -> bool:
    """Whether it matters that a file is Python 2: TensorFlow ran on that once."""
    from packaging.specifiers import SpecifierSet  # Not before it is needed: it is slow.

    later = versions.worlds(SpecifierSet(f">={PYTHON_2.since}"), None)
    return settings.unknown_target or bool(settings.target & later)


def _read(path: pathlib.Path, content: bytes | None) -> tuple[str, Notebook | None, Finding | None]:
    """The text of a file, and the notebook that it is, or the finding that says why there is none."""
    try:
        data = source.read(path) if content is None else content
        if path.suffix.lower() != source.NOTEBOOK:
            return source.decode(data), None, None
        from tf2lint import notebook

        book = notebook.read(data, path.name)
        return book.text, book, None
    except OSError as error:
        return "", None, _unread(ValueError(f"it can not be read: {error.strerror or error}"))
    except SyntaxError as error:
        return "", None, _unread(error)


def _unread(error: Exception) -> Finding:
    from tf2lint.engine import not_analysed

    return not_analysed(error)


def _shown(finding: Finding, lines: list[str]) -> Shown:
    inside = 0 < finding.span.line <= len(lines)
    return Shown(finding, *finding.span.characters(lines), lines[finding.span.line - 1] if inside else "")


def _in_cell(finding: Finding, book: Notebook) -> Shown:
    """A finding with its place counted within its cell."""
    start, end = book.place(finding.span.line), book.place(finding.span.end_line)
    located = book.located(finding)
    column, _ = Span(1, located.span.column, 1, 0).characters([start.written])
    _, end_column = Span(1, 0, 1, located.span.end_column).characters([end.written])
    return Shown(located, column, end_column, start.written, start.cell, book.in_file(start, end, located.span))


def lint_all(
    paths: Sequence[str], host: Options, jobs: int, cache: Cache | None = None, projects: Projects | None = None
) -> Iterator[Result]:
    """The results of all files, in their order whatever the number of processes. Raises ConfigError.

    `projects` is for who has read the same configuration already.
    """
    projects = projects or Projects(host)
    known: dict[str, Result] = {}
    if cache is not None:
        for path in paths:
            shown = cache.find(path, projects.of(path))
            if shown is not None:
                known[path] = Result(path, shown)
    left = [path for path in paths if path not in known]
    recorder = None if cache is None else cache.recorder()
    linted = processes.in_order(functools.partial(_linting, host, recorder), left, jobs, _lost)
    try:
        for path in paths:
            result = known[path] if path in known else next(linted)
            if cache is not None and result.entries:
                cache.keep(result.entries, projects.of(path))
            yield result
    finally:  # Whatever ends the run, what was found so far is kept.
        if cache is not None:
            cache.finish()


def _lost(path: str) -> Result:
    return Result(path, failure=KILLED)


def _linting(host: Options, recorder: Recorder | None) -> Callable[[str], Result]:
    """What lints files, made in the process that does it."""
    return Worker(host, recorder).lint


def _unsuppressed(findings: list[Finding], text: str, settings: Config, hidden: Container[str]) -> list[Finding]:
    if not findings and not settings.wants(UNUSED_SUPPRESSION):
        return []
    from tf2lint.suppress import Suppressions

    comments = Suppressions(text)
    left = [finding for finding in findings if not comments.suppresses(finding)]
    if settings.wants(UNUSED_SUPPRESSION) and not any(finding.rule == NOT_ANALYSED for finding in findings):
        left += _unused(comments, settings, hidden)
    return sorted(left, key=lambda finding: finding.sort_key)


def _unused(comments: Suppressions, settings: Config, hidden: Container[str]) -> Iterator[Finding]:
    from tf2lint.suppress import unused_finding

    known = [rule for rule in checkers.rules() if settings.wants(rule) and rule.symbol not in hidden]
    looked_for = [rule for rule in known if rule != UNUSED_SUPPRESSION]
    for mention in comments.unused(looked_for):
        finding = unused_finding(mention, UNUSED_SUPPRESSION)
        if not comments.suppresses(finding):
            yield finding
