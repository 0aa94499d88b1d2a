"""`tf2lint check PATH…`: lint files and directories. Nothing is written but the report."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tf2lint import config
from tf2lint.cli.files import discover
from tf2lint.cli.lint import Result, lint_all
from tf2lint.cli.output import FORMATS
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
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, whatever its name, or a directory")
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
        "--tracing-print",
        metavar="REGEX",
        help="what a print in a tf.function says that is meant to run while tracing: 'Tracing'",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERNS",
        help="names or paths not to walk into: 'third_party'",
    )
    parser.add_argument("--output-format", choices=sorted(FORMATS), default="concise", help="default: concise")
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes; 0 for one per processor; default: 1"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Lint what the arguments name and print what was found."""
    host = config.Options(
        tensorflow=arguments.tensorflow,
        keras=arguments.keras,
        enable=None if arguments.enable is None else tuple(_items(arguments.enable)),
        tracing_print=arguments.tracing_print,
        origin=tuple((key, f"option --{key}") for key in config.KEYS),
    )
    report = _Report()
    try:
        projects = config.Projects(host)
        files = list(discover(arguments.paths, projects, _items(arguments.exclude), report.problem))
        if not files and report.status == CLEAN:
            print("tf2lint: no Python files there", file=sys.stderr)
        shown: set[str] = set()
        for path in files:
            config.warn(projects.of(path), shown)
        for line in FORMATS[arguments.output_format](report.watch(lint_all(files, host, arguments.jobs))):
            print(line)
    except config.ConfigError as error:
        sys.stdout.flush()
        print(f"tf2lint: {error}", file=sys.stderr)
        return FAILED
    return report.status


class _Report:
    """The exit status, and what goes to standard error."""

    def __init__(self) -> None:
        self.status = CLEAN

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
            elif result.shown:
                self.status = max(self.status, FINDINGS)
            yield result


def _items(values: Iterable[str]) -> list[str]:
    return [item for value in values for item in config.split(value)]


def _jobs(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number or os.cpu_count() or 1
