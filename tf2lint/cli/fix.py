"""`tf2lint fix PATH…`: rewrite what can be rewritten without a doubt.

A file is read once, worked on in memory until nothing is left to rewrite, checked, and replaced as a whole, so that
whoever reads it sees the old text or the new one, whatever happens to this process.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import difflib
import io
import os
import pathlib
import stat
import sys
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tf2lint import config, source
from tf2lint.cli import atomic
from tf2lint.cli.files import discover
from tf2lint.cli.lint import Worker
from tf2lint.cli.options import add_target, host_options, items
from tf2lint.cli.selection import Selection, selection
from tf2lint.cli.status import CLEAN, FAILED, FINDINGS
from tf2lint.findings import Edit, Finding, Span

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_ROUNDS = 100
"""So often a file is rewritten and looked at again. Each name of an import takes a round, and what touches one more."""


class RefusedError(Exception):
    """A file that is left as it is, and why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its content before and after, how many findings were there, went, and are left.

    `refused` says why a file with something to rewrite was left as it is.
    """

    before: bytes
    after: bytes
    found: int
    fixed: int = 0
    left: int = 0
    refused: str = ""

    def unchanged(self, reason: str) -> Outcome:
        """The outcome of leaving the file as it is."""
        return Outcome(self.before, self.before, self.found, left=self.found, refused=reason)


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "fix",
        help="rewrite what can be rewritten without a doubt",
        description="Rewrite files, and *.py in directories. Exit status 0: nothing is left to report, 1: findings are "
        "left, 2: not all was done.",
    )
    add_target(parser)
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")
    parser.add_argument(
        "--unsafe", action="store_true", help="also what may behave differently: tf.compat.v1 spelled out"
    )
    for option, says in (("--select", "fix these alone"), ("--ignore", "do not fix these")):
        parser.add_argument(
            option, action="append", default=[], metavar="RULES", help=f"{says}: codes, their beginnings, symbols"
        )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Rewrite what the arguments name and say how much was done. Raises ConfigError."""
    chosen = selection(items(arguments.select), items(arguments.ignore))
    host = host_options(arguments, chosen.enabled)
    projects, shown, status = config.Projects(host), set[str](), CLEAN

    def problem(path: str, reason: str) -> None:
        nonlocal status
        print(f"tf2lint: {path}: {reason}", file=sys.stderr)
        status = FAILED

    files = list(discover(arguments.paths, projects, items(arguments.exclude), problem))
    if not files and status == CLEAN:
        print("tf2lint: no Python files there", file=sys.stderr)
    fixer = Fixer(Worker(host), chosen, unsafe=arguments.unsafe)
    fixed = changed = left = 0
    for path in files:
        config.warn(projects.of(path), shown)
        try:
            outcome = fixer.fix(path)
        except OSError as error:
            problem(path, f"it can not be read: {error.strerror or error}")
            continue
        if outcome.after != outcome.before:
            if arguments.diff:
                sys.stdout.writelines(_diff(path, outcome))
            else:
                outcome = _written(path, outcome)
        if outcome.refused:
            problem(path, f"not fixed: {outcome.refused}")
        fixed, left, changed = fixed + outcome.fixed, left + outcome.left, changed + bool(outcome.fixed)
    said = "would be fixed" if arguments.diff else "fixed"
    print(
        f"{_count(fixed, 'finding')} {said} in {_count(changed, 'file')}, {left} left",
        file=sys.stderr if arguments.diff else sys.stdout,
    )
    return max(status, FINDINGS if left else CLEAN)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


# One file


class Fixer:
    """Applies the edits of findings to files, in memory."""

    def __init__(self, worker: Worker, chosen: Selection, *, unsafe: bool) -> None:
        self._worker = worker
        self._chosen = chosen
        self._unsafe = unsafe

    def fix(self, path: str) -> Outcome:
        """What becomes of a file; nothing is written. Raises OSError."""
        with open(path, "rb") as stream:
            content = stream.read()
        outcome = Outcome(content, content, 0)
        try:
            findings = self._findings(path, content)
            outcome = dataclasses.replace(outcome, found=self._count(findings))
            return self._rewritten(path, outcome, findings)
        except RefusedError as error:
            return outcome.unchanged(str(error))

    def _rewritten(self, path: str, outcome: Outcome, findings: list[Finding]) -> Outcome:
        content, fixed = outcome.before, 0
        for _ in range(_ROUNDS):
            wanted = [finding for finding in findings if self._wants(finding)]
            if not wanted:
                return dataclasses.replace(outcome, after=content, fixed=fixed, left=self._count(findings))
            text, encoding = _read(content)
            done = compatible(wanted)
            edited = apply(text, [edit for finding in done for edit in finding.edits])
            _require_parses(edited)
            content = edited.encode(encoding)
            left = self._findings(path, content)
            _require_sound(findings, done, text, left, edited)
            findings, fixed = left, fixed + len(done)
        raise RefusedError(f"after {_ROUNDS} rounds there is still something to rewrite. Please report this")

    def _findings(self, path: str, content: bytes) -> list[Finding]:
        """All that is found, selected or not: nothing of it may be hidden."""
        result = self._worker.lint(path, content)
        if result.failure:
            raise RefusedError(f"internal error: {result.failure.strip().splitlines()[-1]}\n{result.failure}")
        return [shown.finding for shown in result.shown]

    def _count(self, findings: Iterable[Finding]) -> int:
        return sum(finding.rule in self._chosen for finding in findings)

    def _wants(self, finding: Finding) -> bool:
        if not finding.edits or finding.rule not in self._chosen:
            return False
        return self._unsafe or all(edit.safe for edit in finding.edits)


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
    """The text after edits that do not touch each other, unless they are equal."""
    data = source.encoded(text)
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end), reverse=True):
        data = data[: edit.start] + edit.replacement.encode() + data[edit.end :]
    return data.decode("utf-8", "surrogatepass")


def _require_parses(text: str) -> None:
    try:
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
    lost = []
    for finding in was:
        start = _start(finding.span, text)
        start += sum(len(edit.replacement.encode()) - (edit.end - edit.start) for edit in edits if edit.end <= start)
        name = names.get((finding.rule.code, start))
        if finding in gone and name == finding.name:
            place = f"{finding.rule.code} in line {finding.span.line}"
            raise RefusedError(f"{place} would still be there. Please report this")
        if finding.name not in settled and name is None and all(edit.safe for edit in edits):
            lost.append(f"{finding.rule.code} in line {finding.span.line}")
    if lost:
        raise RefusedError(f"it would hide {', '.join(lost)}, which only you can settle")


def _start(span: Span, text: str) -> int:
    starts = source.starts(source.encoded(text))
    return starts[min(span.line, len(starts)) - 1] + span.column


def _diff(path: str, outcome: Outcome) -> Iterator[str]:
    before, after = (list(io.StringIO(_read(content)[0], newline="\n")) for content in (outcome.before, outcome.after))
    for line in difflib.unified_diff(before, after, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


# Writing


def _written(path: str, outcome: Outcome) -> Outcome:
    try:
        replace(path, outcome)
    except RefusedError as error:
        return outcome.unchanged(str(error))
    except OSError as error:
        return outcome.unchanged(f"it can not be written: {error.strerror or error}")
    return outcome


def replace(path: str, outcome: Outcome) -> None:
    """Put the new content in the place of the old one, all at once. Raises OSError, RefusedError."""
    target = os.path.realpath(path)
    mode = stat.S_IMODE(os.stat(target).st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise RefusedError("it is read-only")
    try:
        atomic.write(pathlib.Path(target), outcome.after, before=outcome.before)
    except atomic.ChangedError:
        raise RefusedError("it changed in the meantime") from None
