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
import stat
import sys
import tempfile
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tf2lint import config, source
from tf2lint.cli.files import discover
from tf2lint.cli.lint import Worker
from tf2lint.cli.selection import Selection, selection
from tf2lint.cli.status import CLEAN, FAILED, FINDINGS
from tf2lint.findings import Edit, Finding, Span

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_ROUNDS = 10
"""So often a file is rewritten and looked at again. Edits that overlap need a round more; nothing known needs four."""


class RefusedError(Exception):
    """A file that is left as it is, and why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its content before and after, how many findings went, how many are left."""

    before: bytes
    after: bytes
    fixed: int
    left: int


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "fix",
        help="rewrite what can be rewritten without a doubt",
        description="Rewrite files, and *.py in directories. Exit status 0: nothing is left to report, 1: findings are "
        "left, 2: not all was done.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, whatever its name, or a directory")
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")
    parser.add_argument(
        "--unsafe", action="store_true", help="also what may behave differently: tf.compat.v1 spelled out"
    )
    parser.add_argument(
        "--tensorflow", metavar="SPECIFIER", help="the TensorFlow versions that the code is meant for: '>=2.12,<2.22'"
    )
    parser.add_argument("--keras", metavar="SPECIFIER", help="the Keras versions behind tf.keras; '<3' for tf_keras")
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="PATTERNS", help="names or paths not to walk into"
    )
    for option, says in (("--select", "fix these alone"), ("--ignore", "do not fix these")):
        parser.add_argument(
            option, action="append", default=[], metavar="RULES", help=f"{says}: codes, their beginnings, symbols"
        )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Rewrite what the arguments name and say how much was done."""
    try:
        return _run(arguments)
    except config.ConfigError as error:
        print(f"tf2lint: {error}", file=sys.stderr)
        return FAILED


def _run(arguments: argparse.Namespace) -> int:
    chosen = selection(_items(arguments.select), _items(arguments.ignore))
    host = config.Options(
        tensorflow=arguments.tensorflow,
        keras=arguments.keras,
        enable=chosen.enabled or None,
        origin=tuple((key, f"option --{key}") for key in config.KEYS),
    )
    projects, shown, status = config.Projects(host), set[str](), CLEAN

    def problem(path: str, reason: str) -> None:
        nonlocal status
        print(f"tf2lint: {path}: {reason}", file=sys.stderr)
        status = FAILED

    files = list(discover(arguments.paths, projects, _items(arguments.exclude), problem))
    if not files and status == CLEAN:
        print("tf2lint: no Python files there", file=sys.stderr)
    fixer = Fixer(Worker(host), chosen, unsafe=arguments.unsafe)
    fixed = changed = left = 0
    for path in files:
        config.warn(projects.of(path), shown)
        try:
            outcome = fixer.fix(path)
            if outcome.after != outcome.before:
                if arguments.diff:
                    sys.stdout.writelines(_diff(path, outcome))
                else:
                    replace(path, outcome)
        except (RefusedError, OSError) as error:
            problem(path, error.strerror or str(error) if isinstance(error, OSError) else str(error))
            continue
        fixed, left, changed = fixed + outcome.fixed, left + outcome.left, changed + bool(outcome.fixed)
    said = "would be fixed" if arguments.diff else "fixed"
    print(
        f"{_count(fixed, 'finding')} {said} in {_count(changed, 'file')}, {left} left",
        file=sys.stderr if arguments.diff else sys.stdout,
    )
    return max(status, FINDINGS if left else CLEAN)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _items(values: Iterable[str]) -> list[str]:
    return [item for value in values for item in config.split(value)]


# One file


class Fixer:
    """Applies the edits of findings to files, in memory."""

    def __init__(self, worker: Worker, chosen: Selection, *, unsafe: bool) -> None:
        self._worker = worker
        self._chosen = chosen
        self._unsafe = unsafe

    def fix(self, path: str) -> Outcome:
        """What becomes of a file; nothing is written. Raises OSError, RefusedError."""
        with open(path, "rb") as stream:
            before = stream.read()
        content = before
        findings = self._findings(path, content)
        fixed = 0
        for _ in range(_ROUNDS):
            wanted = [finding for finding in findings if self._edits(finding)]
            if not wanted:
                return Outcome(before, content, fixed, len(findings))
            text, encoding = _read(content)
            done = compatible(wanted)
            edited = apply(text, [edit for finding in done for edit in finding.edits])
            _require_parses(edited)
            content = edited.encode(encoding)
            left = self._findings(path, content)
            _require_gone(done, text, left, edited)
            findings, fixed = left, fixed + len(done)
        raise RefusedError(f"not fixed: after {_ROUNDS} rounds there is still something to rewrite. Please report this")

    def _findings(self, path: str, content: bytes) -> list[Finding]:
        result = self._worker.lint(path, content)
        if result.failure:
            raise RefusedError(f"internal error: {result.failure.strip().splitlines()[-1]}\n{result.failure}")
        return [shown.finding for shown in result.shown if shown.finding.rule in self._chosen]

    def _edits(self, finding: Finding) -> bool:
        return bool(finding.edits) and (self._unsafe or all(edit.safe for edit in finding.edits))


def _read(content: bytes) -> tuple[str, str]:
    """The text of a file and its encoding, in which it can be written back to the byte. Raises RefusedError."""
    text = source.decode(content)
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    if text.encode(encoding) != content:
        raise RefusedError(f"not fixed: it can not be written back in its encoding, {encoding}")
    return text, encoding


def compatible(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose edits can be applied together: of those that touch, the first."""
    taken: list[tuple[int, int]] = []
    chosen = []
    for finding in sorted(findings, key=lambda finding: min(edit.start for edit in finding.edits)):
        ranges = [(edit.start, edit.end) for edit in finding.edits]
        if not any(start <= end_ and start_ <= end for start, end in ranges for start_, end_ in taken):
            taken += ranges
            chosen.append(finding)
    return chosen


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not touch each other."""
    data = source.encoded(text)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        data = data[: edit.start] + edit.replacement.encode() + data[edit.end :]
    return data.decode("utf-8", "surrogatepass")


def _require_parses(text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise RefusedError(f"not fixed: the result would not parse: {error}. Please report this") from None


def _require_gone(done: Sequence[Finding], before: str, left: Sequence[Finding], after: str) -> None:
    """Raise RefusedError where a finding that was fixed is still there."""
    edits = [edit for finding in done for edit in finding.edits]
    there = {(finding.rule.code, finding.name, _start(finding.span, after)) for finding in left}
    for finding in done:
        start = _start(finding.span, before)
        moved = sum(len(edit.replacement.encode()) - (edit.end - edit.start) for edit in edits if edit.end <= start)
        if (finding.rule.code, finding.name, start + moved) in there:
            place = f"{finding.rule.code} in line {finding.span.line}"
            raise RefusedError(f"not fixed: {place} would still be there. Please report this")


def _start(span: Span, text: str) -> int:
    return source.starts(source.encoded(text))[span.line - 1] + span.column


def _diff(path: str, outcome: Outcome) -> Iterator[str]:
    before, after = (list(io.StringIO(_read(content)[0], newline="\n")) for content in (outcome.before, outcome.after))
    for line in difflib.unified_diff(before, after, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


# Writing


def replace(path: str, outcome: Outcome) -> None:
    """Put the new content in the place of the old one, all at once. Raises OSError, RefusedError."""
    target = os.path.realpath(path)
    mode = stat.S_IMODE(os.stat(target).st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise RefusedError("not fixed: it is read-only")
    handle, temporary = tempfile.mkstemp(prefix=".tf2lint-", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(outcome.after)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        with open(target, "rb") as stream:
            if stream.read() != outcome.before:
                raise RefusedError("not fixed: it changed in the meantime")
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
