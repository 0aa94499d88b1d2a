"""Rewriting one file, in memory: the edits of its findings, round by round, until nothing is left to rewrite.

What comes out is checked before anyone sees it: it parses, what was fixed is gone, and nothing else became invisible.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import pathlib
import tokenize
import warnings
from collections.abc import Iterable, Sequence

from tf2lint import source
from tf2lint.checkers.run import NOT_ANALYSED, PYTHON_2
from tf2lint.cli import notebooks
from tf2lint.cli.lint import Worker
from tf2lint.cli.selection import Selection
from tf2lint.cli.takers import Takers
from tf2lint.families import family_of
from tf2lint.findings import Edit, Finding, Span

_ROUNDS = 100
"""So often a file is rewritten and looked at again. Each name of an import takes a round, and what touches one more."""
_OF_NAMES = ("tf2lint-idioms", "tf2lint-variables", "tf2lint-names")


class RefusedError(Exception):
    """A file that is left as it is, and why."""


class _WithoutError(RefusedError):
    """Edits that can not all be made; which, is known by their lines, or not at all."""

    def __init__(self, reason: str, lines: frozenset[int] = frozenset()) -> None:
        super().__init__(reason)
        self.lines = lines


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: its content before and after, how many findings were there, went, and are left.

    `refused` says why something that could be rewritten was not: where nothing was fixed the file is as before.
    `unsafe` is how many of those that are left have an edit that only `--unsafe` applies, `unread` why nothing is known
    of a file.
    """

    path: str
    before: bytes
    after: bytes
    found: int = 0
    fixed: int = 0
    left: int = 0
    unsafe: int = 0
    refused: str = ""
    unread: str = ""

    def unchanged(self, reason: str) -> Outcome:
        """The outcome of leaving the file as it is."""
        return Outcome(path=self.path, before=self.before, after=self.before, left=self.found, refused=reason)


class Fixer:
    """Applies the edits of findings to files, in memory."""

    def __init__(self, worker: Worker, chosen: Selection, *, unsafe: bool) -> None:
        self._chosen = chosen
        self._worker = worker
        self._unsafe = unsafe
        self._takers = Takers()

    def fix(self, path: str, content: bytes | None = None) -> Outcome:
        """What becomes of a file, or of a content that is said to be that file's; nothing is written."""
        try:
            before = source.read(pathlib.Path(path)) if content is None else content
        except OSError as error:
            reason = f"it can not be read: {error.strerror or error}"
            return Outcome(path=path, before=b"", after=b"", refused=reason)
        outcome = Outcome(path=path, before=before, after=before)
        try:
            findings = self._findings(path, before)
            outcome = dataclasses.replace(outcome, found=self._count(findings), unread=_unread(findings))
            return self._rewritten(outcome, findings)
        except RefusedError as error:
            return outcome.unchanged(str(error))

    def _rewritten(self, outcome: Outcome, findings: list[Finding]) -> Outcome:
        content, fixed, refused = outcome.before, 0, ""
        for _ in range(_ROUNDS):
            wanted = compatible([finding for finding in findings if self._wants(outcome.path, finding)])
            done = 0
            if wanted:
                content, findings, done, refused = self._round(outcome.path, content, findings, wanted)
            if not done:
                return dataclasses.replace(
                    outcome,
                    after=content,
                    fixed=fixed,
                    left=self._count(findings),
                    unsafe=self._count(finding for finding in findings if not finding.is_safe),
                    refused=refused,
                )
            fixed += done
        raise RefusedError(f"after {_ROUNDS} rounds there is still something to rewrite. Please report this")

    def _round(
        self, path: str, content: bytes, findings: list[Finding], wanted: list[Finding]
    ) -> tuple[bytes, list[Finding], int, str]:
        """A content after as many of the wanted edits as can be made, what is found then, how many, and why not all."""
        refused, without = "", 1
        while wanted:
            try:
                return *self._edited(path, content, findings, wanted), len(wanted), refused
            except _WithoutError as error:
                refused = refused or str(error)
                fewer = [finding for finding in wanted if finding.span.line not in error.lines]
                if len(fewer) == len(wanted):
                    # Mostly one name of TensorFlow 1 that stays is enough to have the others rewritten.
                    fewer, without = wanted[:-without], without * 2
                wanted = fewer
        return content, findings, 0, refused

    def _edited(
        self, path: str, content: bytes, findings: list[Finding], done: list[Finding]
    ) -> tuple[bytes, list[Finding]]:
        text, encoding = _read(content)
        edited = apply(text, [edit for finding in done for edit in finding.edits])
        _require_parses(path, text, edited)
        content = edited.encode(encoding)
        left = self._findings(path, content)
        _require_sound(findings, done, text, left, edited)
        return content, left

    def _findings(self, path: str, content: bytes) -> list[Finding]:
        """All that is found, selected or not: nothing of it may be hidden."""
        result = self._worker.lint(path, content)
        if result.failure:
            raise RefusedError(f"{result.error}\n{result.failure}")
        return [dataclasses.replace(shown.finding, span=shown.file_span) for shown in result.shown]

    def _count(self, findings: Iterable[Finding]) -> int:
        return sum(finding.rule in self._chosen for finding in findings)

    def _wants(self, path: str, finding: Finding) -> bool:
        if not finding.edits or finding.rule not in self._chosen:
            return False
        return (self._unsafe or finding.is_safe) and not self._takers.forbid(path, finding)


def _unread(findings: Iterable[Finding]) -> str:
    return next((finding.message for finding in findings if finding.rule in (NOT_ANALYSED, PYTHON_2)), "")


def _read(content: bytes) -> tuple[str, str]:
    """The text of a file and its encoding, in which it can be written back to the byte. Raises RefusedError."""
    text = source.decode(content)
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    if text.encode(encoding) != content:
        raise RefusedError(f"it can not be written back in its encoding, {encoding}")
    return text, encoding


def compatible(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose edits can be applied together: of those that touch, the first. Equal edits are one."""
    taken: set[Edit] = set()
    chosen = []
    for finding in sorted(findings, key=lambda finding: min(edit.start for edit in finding.edits)):
        new = [edit for edit in finding.edits if edit not in taken]
        if not any(edit.start <= other.end and other.start <= edit.end for edit in new for other in taken):
            taken.update(new)
            chosen.append(finding)
    return chosen


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap, or are equal. What is inserted comes before what is replaced."""
    data = source.encoded(text)
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end), reverse=True):
        data = data[: edit.start] + edit.replacement.encode() + data[edit.end :]
    return data.decode("utf-8", "surrogatepass")


def _require_parses(path: str, before: str, text: str) -> None:
    try:
        if notebooks.is_notebook(path):
            notebooks.require_parses(before, text)
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise RefusedError(f"the result would not parse: {error}. Please report this") from None


def _require_sound(
    was: Sequence[Finding], done: Sequence[Finding], text: str, left: Sequence[Finding], now: str
) -> None:
    """Raise RefusedError where a finding that was fixed is still there, or one that was not can not be told any more.

    Some calls are judged by whether the module was written for TensorFlow 1, which shows in its other names.
    """
    edits = {edit for finding in done for edit in finding.edits}
    names = {(finding.rule.code, _start(finding.span, now)): finding.name for finding in left}
    gone = {finding for finding in was if finding.edits and edits.issuperset(finding.edits)}
    settled = {finding.name for finding in gone}  # What holds a name that was rewritten is told no more either.
    unsafe = any(not edit.safe for edit in edits)
    lost, known = [], set()
    for finding in was:
        start = _start(finding.span, text)
        start += sum(len(edit.replacement.encode()) - (edit.end - edit.start) for edit in edits if edit.end <= start)
        name = names.get((finding.rule.code, start))
        known.add((finding.rule.code, start))
        place = f"{finding.rule.code} in line {finding.span.line}"
        if finding in gone and name == finding.name:
            raise RefusedError(f"{place} would still be there. Please report this")
        if name is None and finding.name not in settled and not (unsafe and _follows(finding)):
            lost.append(place)
    new = [
        finding
        for finding in left
        if (finding.rule.code, _start(finding.span, now)) not in known and not finding.name.startswith("tf.compat.v1.")
    ]
    if new:
        lines = frozenset(line for finding in new for line in range(finding.span.line, finding.span.end_line + 1))
        raise _WithoutError(f"it would bring {new[0].rule.code} of {new[0].name}", lines)
    if lost:
        more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
        raise _WithoutError(f"it would hide {', '.join(lost[:3])}{more}, which only you can settle")


def _follows(finding: Finding) -> bool:
    """Whether a finding may go where some name is spelled `tf.compat.v1`, as what it speaks of may come from that name.

    One that judges a call speaks of the call's own callee alone, one on traced code of no name.
    """
    return family_of(finding.rule.code).name in _OF_NAMES


def _start(span: Span, text: str) -> int:
    starts = source.starts(source.encoded(text))
    return starts[min(span.line, len(starts)) - 1] + span.column
