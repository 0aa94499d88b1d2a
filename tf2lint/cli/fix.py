"""`tf2lint fix PATH…`: rewrite what can be rewritten without a doubt.

All files are read and worked on in memory first, so that none is judged by what another one has become, and the order
and number of processes mean nothing. Then each is replaced as a whole: whoever reads it sees the old text or the new
one, whatever happens to this process.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import io
import os
import pathlib
import stat
import sys
from collections.abc import Callable

from tf2lint import config
from tf2lint.cli import atomic, notebooks, processes
from tf2lint.cli.lint import Worker
from tf2lint.cli.options import add_jobs, add_target, files_of, host_options, items
from tf2lint.cli.results import KILLED
from tf2lint.cli.rewriting import Fixer, Outcome, RefusedError
from tf2lint.cli.selection import Selection, selection
from tf2lint.cli.status import CLEAN, FAILED, FINDINGS
from tf2lint.cli.words import counted
from tf2lint.visible import quoted, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "fix",
        help="rewrite what can be rewritten without a doubt",
        description="Rewrite files, and *.py and *.ipynb in directories; a single - reads standard input and prints "
        "the result. Exit status 0: nothing is left to report, 1: findings are left, or --diff has changes, "
        "2: not all was done.",
    )
    add_target(parser)
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")
    parser.add_argument(
        "--unsafe", action="store_true", help="also what may behave differently: tf.compat.v1 spelled out"
    )
    parser.add_argument(
        "--fix-only", action="store_true", help="do not mind what is left: exit status 0 where every file was looked at"
    )
    for option, says in (("--select", "fix these alone"), ("--ignore", "do not fix these")):
        parser.add_argument(
            option, action="append", default=[], metavar="RULES", help=f"{says}: codes, their beginnings, symbols"
        )
    add_jobs(parser)
    parser.add_argument(
        "--stdin-filename", default="stdin.py", metavar="PATH", help="where standard input would lie, for its project"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Rewrite what the arguments name and say how much was done. Raises ConfigError."""
    chosen = selection(items(arguments.select), items(arguments.ignore))
    host = host_options(arguments, chosen.enabled)
    run = _Run(config.Projects(host), diff=arguments.diff, only=arguments.fix_only)
    if "-" in arguments.paths:
        if len(arguments.paths) > 1:
            raise config.ConfigError("'-' for standard input stands alone")
        run.warn(arguments.stdin_filename)
        fixer = Fixer(Worker(host), chosen, unsafe=arguments.unsafe)
        outcome = fixer.fix(arguments.stdin_filename, sys.stdin.buffer.read())
        run.finish(outcome)
        if not arguments.diff:
            _print(outcome.after)
        return run.status(sys.stderr)
    files = files_of(arguments, run.projects, run.problem)
    if not files and run.failed == CLEAN:
        print("tf2lint: no Python files there", file=sys.stderr)
    for path in files:
        run.warn(path)
    make = functools.partial(_fixing, host, chosen, arguments.unsafe)
    for outcome in list(processes.in_order(make, files, arguments.jobs, _lost)):
        write = outcome.after != outcome.before and not arguments.diff
        run.finish(_written(outcome, run.projects) if write else outcome)
    return run.status(sys.stderr if arguments.diff else sys.stdout)


class _Run:
    """What is said while files are fixed, and how much was done."""

    def __init__(self, projects: config.Projects, *, diff: bool, only: bool) -> None:
        self.projects = projects
        self.failed = CLEAN
        self._diff = diff
        self._only = only
        self._warned: set[str] = set()
        self._fixed = self._changed = self._left = self._unsafe = 0

    def warn(self, path: str) -> None:
        """Say what is to be said of a file's configuration. Raises ConfigError."""
        config.warn(self.projects.of(path), self._warned)

    def problem(self, path: str, reason: str) -> None:
        """Say that something could not be done."""
        print(f"tf2lint: {visible(path)}: {visible(reason)}", file=sys.stderr)
        self.failed = FAILED

    def finish(self, outcome: Outcome) -> None:
        """Count a file, and say what there is to say of it."""
        if self._diff and outcome.after != outcome.before:
            _print(_diff(outcome))
        if outcome.refused:
            failed = self.failed
            self.problem(outcome.path, f"not {'all ' if outcome.fixed else ''}fixed: {outcome.refused}")
            if self._only and outcome.found:  # It was looked at.
                self.failed = failed
        elif outcome.unread and not outcome.fixed:  # It is among the findings that are left; so the status knows of it.
            print(f"tf2lint: {visible(outcome.path)}: not fixed: {visible(outcome.unread)}", file=sys.stderr)
        self._fixed += outcome.fixed
        self._changed += bool(outcome.fixed)
        self._left += outcome.left
        self._unsafe += outcome.unsafe

    def status(self, stream: TextIO) -> int:
        """Print the summary, and return the exit status."""
        said = "would be fixed" if self._diff else "fixed"
        more = f" ({self._unsafe} fixable with --unsafe)" if self._unsafe else ""
        print(
            f"{counted(self._fixed, 'finding')} {said} in {counted(self._changed, 'file')}, {self._left} left{more}",
            file=stream,
        )
        if self._only:
            return self.failed
        return max(self.failed, FINDINGS if self._left or (self._diff and self._fixed) else CLEAN)


def _print(data: bytes) -> None:
    """Print bytes as they are: the result may be piped into a file, a diff into `patch`."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _diff(outcome: Outcome) -> bytes:
    """A unified diff in the file's own encoding, with its line ends, so that it can be applied."""
    if notebooks.is_notebook(outcome.path):
        return notebooks.diff(outcome.path, outcome.before, outcome.after)
    name = quoted(os.fsencode(outcome.path))
    before, after = (io.BytesIO(content).readlines() for content in (outcome.before, outcome.after))
    lines = difflib.diff_bytes(difflib.unified_diff, before, after, name, name, lineterm=b"\n")
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


def _lost(path: str) -> Outcome:
    return Outcome(path=path, before=b"", after=b"", refused=KILLED)


def _fixing(host: config.Options, chosen: Selection, unsafe: bool) -> Callable[[str], Outcome]:
    """What fixes files, made in the process that does it."""
    return Fixer(Worker(host), chosen, unsafe=unsafe).fix


# Writing


def _written(outcome: Outcome, projects: config.Projects) -> Outcome:
    if atomic.leads_out(outcome.path, projects.project_of(outcome.path)):
        return outcome.unchanged("it is a link that leads out of the project")
    try:
        replace(outcome)
    except RefusedError as error:
        return outcome.unchanged(str(error))
    except OSError as error:
        return outcome.unchanged(f"it can not be written: {error.strerror or error}")
    return outcome


def replace(outcome: Outcome) -> None:
    """Put the new content in the place of the old one, all at once. Raises OSError, RefusedError."""
    target = os.path.realpath(outcome.path)
    mode = stat.S_IMODE(os.stat(target).st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise RefusedError("it is read-only")
    try:
        atomic.write(pathlib.Path(target), outcome.after, before=outcome.before)
    except atomic.ChangedError:
        raise RefusedError("it changed in the meantime") from None
