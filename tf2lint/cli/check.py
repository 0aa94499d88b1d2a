"""`tf2lint check PATH…`: lint files and directories. Nothing is written but the report."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tf2lint import config
from tf2lint.cli.files import discover
from tf2lint.cli.lint import Result, Worker, lint_all
from tf2lint.cli.output import FORMATS
from tf2lint.cli.selection import Selection, selection
from tf2lint.cli.status import CLEAN, FAILED, FINDINGS

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "check",
        help="lint files and directories",
        description="Lint files, and directories for *.py. Exit status 0: clean, 1: findings, 2: not all was done.",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, whatever its name, or a directory; - for standard input"
    )
    parser.add_argument(
        "--tensorflow", metavar="SPECIFIER", help="the TensorFlow versions that the code is meant for: '>=2.12,<2.22'"
    )
    parser.add_argument("--keras", metavar="SPECIFIER", help="the Keras versions behind tf.keras; '<3' for tf_keras")
    parser.add_argument(
        "--enable",
        action="append",
        metavar="RULES",
        help="codes or symbols of rules that are off by default, or all; several separated by commas",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERNS",
        help="names or paths not to walk into: 'third_party'",
    )
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help="show these alone: codes, their beginnings, symbols",
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="RULES", help="do not show these; the longest match wins"
    )
    parser.add_argument("--statistics", action="store_true", help="print how often each rule spoke, and nothing else")
    formats = [name for name in FORMATS if name != "statistics"]
    parser.add_argument("--output-format", choices=formats, default="concise", help="default: concise")
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes; 0 for one per processor; default: 1"
    )
    parser.add_argument(
        "--stdin-filename", default="stdin.py", metavar="PATH", help="where standard input would lie, for its project"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Lint what the arguments name and print what was found."""
    try:
        return _run(arguments)
    except config.ConfigError as error:
        sys.stdout.flush()
        print(f"tf2lint: {error}", file=sys.stderr)
        return FAILED


def _run(arguments: argparse.Namespace) -> int:
    chosen = selection(_items(arguments.select), _items(arguments.ignore))
    enable = (*_items(arguments.enable or ()), *chosen.enabled)
    host = config.Options(
        tensorflow=arguments.tensorflow,
        keras=arguments.keras,
        enable=None if arguments.enable is None and not enable else enable,
        origin=tuple((key, f"option --{key}") for key in config.KEYS),
    )
    report = _Report(chosen)
    projects = config.Projects(host)
    shown: set[str] = set()
    if "-" in arguments.paths:
        if len(arguments.paths) > 1:
            raise config.ConfigError("'-' for standard input stands alone")
        config.warn(projects.of(arguments.stdin_filename), shown)
        results = iter((Worker(host).lint(arguments.stdin_filename, sys.stdin.buffer.read()),))
    else:
        files = list(discover(arguments.paths, projects, _items(arguments.exclude), report.problem))
        if not files and report.status == CLEAN:
            print("tf2lint: no Python files there", file=sys.stderr)
        for path in files:
            config.warn(projects.of(path), shown)
        results = lint_all(files, host, arguments.jobs)
    printed = FORMATS["statistics" if arguments.statistics else arguments.output_format]
    for line in printed(report.watch(results)):
        print(line)
    return report.status


class _Report:
    """The exit status, what goes to standard error, and the rules to show."""

    def __init__(self, chosen: Selection) -> None:
        self.status = CLEAN
        self._chosen = chosen

    def problem(self, path: str, reason: str) -> None:
        """Say that a path could not be linted."""
        print(f"tf2lint: {path}: {reason}", file=sys.stderr)
        self.status = FAILED

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass the results on; an internal error is told apart from a finding."""
        for result in results:
            if result.failure:
                last = result.failure.strip().splitlines()[-1]
                self.problem(result.path, f"internal error: {last}\n{result.failure}Please report this, with the file.")
            kept = tuple(shown for shown in result.shown if shown.finding.rule in self._chosen)
            if kept:
                self.status = max(self.status, FINDINGS)
            yield dataclasses.replace(result, shown=kept)


def _items(values: Iterable[str]) -> list[str]:
    return [item for value in values for item in config.split(value)]


def _jobs(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number or os.cpu_count() or 1
