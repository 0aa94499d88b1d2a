"""`tf2lint check PATH…`: lint files and directories. Nothing is written but the report."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Iterable, Iterator

from tf2lint import config
from tf2lint.cli import colour, progress
from tf2lint.cli.lint import Worker, lint_all
from tf2lint.cli.options import add_run, add_target, cache_of, files_of, host_options, items
from tf2lint.cli.output import FORMATS, PAINTED
from tf2lint.cli.results import Result
from tf2lint.cli.selection import Selection, selection
from tf2lint.cli.status import CLEAN, FAILED, FINDINGS
from tf2lint.cli.tolerance import Tolerance
from tf2lint.cli.words import counted
from tf2lint.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


_VARIABLE = "TF2LINT_OUTPUT_FORMAT"
_CHOICES = [name for name in FORMATS if name != "statistics"]


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "check",
        help="lint files and directories",
        description="Lint files, and directories for *.py; a single - is standard input. "
        "Exit status 0: clean, 1: findings, 2: not all was done.",
    )
    add_target(parser)
    add_run(parser)
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help="show these alone: codes, their beginnings, symbols",
    )
    parser.add_argument(
        "--extend-select",
        action="append",
        default=[],
        metavar="RULES",
        help="show these too; what is off by default is switched on by its own name",
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="RULES", help="do not show these; the longest match wins"
    )
    parser.add_argument("--show-files", action="store_true", help="print which files would be linted, and nothing else")
    parser.add_argument("--statistics", action="store_true", help="print how often each rule spoke, and nothing else")
    parser.add_argument(
        "--output-format", choices=_CHOICES, default=os.environ.get(_VARIABLE, "text"), help="default: text"
    )
    parser.add_argument(
        "--color", choices=colour.CHOICES, default="auto", help="default: auto, where standard output is a terminal"
    )
    parser.add_argument(
        "--stdin-filename", default="stdin.py", metavar="PATH", help="where standard input would lie, for its project"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Lint what the arguments name and print what was found. Raises ConfigError."""
    if arguments.output_format not in _CHOICES:
        raise config.ConfigError(f"{_VARIABLE}: {arguments.output_format!r} is none of {', '.join(_CHOICES)}")
    cache = cache_of(arguments, config.Projects(host_options(arguments)))
    chosen = selection(items(arguments.select), items(arguments.ignore), items(arguments.extend_select))
    host = host_options(arguments, chosen.enabled)
    projects = config.Projects(host)
    report = _Report(chosen, Tolerance(projects))
    shown: set[str] = set()
    if "-" in arguments.paths:
        if len(arguments.paths) > 1:
            raise config.ConfigError("'-' for standard input stands alone")
        files = [arguments.stdin_filename]
        config.warn(projects.of(arguments.stdin_filename), shown)
        results = iter((Worker(host).lint(arguments.stdin_filename, sys.stdin.buffer.read()),))
    else:
        files = files_of(arguments, projects, report.problem)
        if not files and report.status == CLEAN:
            print("tf2lint: no Python files there", file=sys.stderr)
        if arguments.show_files:
            named = map(visible, files) if sys.stdout.isatty() else files
            print(*named, sep="\n", end="\n" if files else "")
            return report.status
        for path in files:
            config.warn(projects.of(path), shown)
            report.tolerance.allowed(path)  # What is wrong with a baseline is said before anything is linted.
        results = lint_all(files, host, arguments.jobs, cache, projects)
    watched = report.watch(progress.watched(results, len(files)))
    form = "statistics" if arguments.statistics else arguments.output_format
    colours = colour.paint(arguments.color, sys.stdout)
    for line in PAINTED[form](watched, colours) if form in PAINTED else FORMATS[form](watched):
        print(line)
    # Where not all could be read, what was not seen need not be gone.
    fewer = report.tolerance.fewer(arguments.paths if report.status != FAILED else (), chosen)
    if fewer:
        sys.stdout.flush()
        print(f"tf2lint: {counted(fewer, 'finding')} fewer than the baseline: --prune tightens it", file=sys.stderr)
    return report.status


class _Report:
    """The exit status, what goes to standard error, and the rules to show."""

    def __init__(self, chosen: Selection, tolerance: Tolerance) -> None:
        self.status = CLEAN
        self.tolerance = tolerance
        self._chosen = chosen

    def problem(self, path: str, reason: str) -> None:
        """Say that a path could not be linted."""
        print(f"tf2lint: {visible(path)}: {reason}", file=sys.stderr)
        self.status = FAILED

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass the results on; an internal error is told apart from a finding."""
        for result in results:
            if result.failure:
                self.problem(result.path, result.plea)
            self.tolerance.see(result)
            above = self.tolerance.above(result)
            kept = tuple(shown for shown in above if shown.finding.rule in self._chosen)
            if kept:
                self.status = max(self.status, FINDINGS)
            yield result if kept == result.shown else dataclasses.replace(result, shown=kept)
