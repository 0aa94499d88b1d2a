"""What several commands take: which files, for which versions, and how they are linted."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable

from tf2lint import config


def add_target(parser: argparse.ArgumentParser) -> None:
    """Add what says which files a command looks at, and which versions they are meant for."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, whatever its name, or a directory")
    parser.add_argument(
        "--tensorflow", metavar="SPECIFIER", help="the TensorFlow versions that the code is meant for: '>=2.12,<2.22'"
    )
    parser.add_argument("--keras", metavar="SPECIFIER", help="the Keras versions behind tf.keras; '<3' for tf_keras")
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERNS",
        help="names or paths not to walk into: 'third_party'",
    )
    parser.set_defaults(enable=None, tracing_print=None, baseline=None)


def add_run(parser: argparse.ArgumentParser) -> None:
    """Add what says how files are linted: the same for every command that reports or counts findings."""
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
    add_jobs(parser)
    parser.add_argument(
        "--baseline", metavar="FILE", help="the counts of findings that are tolerated; '' for none of the project's"
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add what says how many processes a command uses."""
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes; 0 for one per processor; default: 1"
    )


def host_options(arguments: argparse.Namespace, enabled: Iterable[str] = ()) -> config.Options:
    """What the command line says of the configuration, and the rules that it switches on in other ways."""
    enable = (*items(arguments.enable or ()), *enabled)
    return config.Options(
        tensorflow=arguments.tensorflow,
        keras=arguments.keras,
        enable=None if arguments.enable is None and not enable else enable,
        tracing_print=arguments.tracing_print,
        baseline=arguments.baseline,
        origin=tuple((key, f"option --{key}") for key in config.KEYS),
    )


def items(values: Iterable[str]) -> list[str]:
    """The items of options that may be given several times, with several items each."""
    return [item for value in values for item in config.split(value)]


def _jobs(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number or os.cpu_count() or 1
