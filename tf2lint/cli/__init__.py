"""The command: `tf2lint check PATH…`, `tf2lint fix PATH…`.

Exit status 0: clean, 1: findings, 2: it could not do (all of) its work.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Sequence

import tf2lint
from tf2lint.cli.status import FAILED, FINDINGS
from tf2lint.config import ConfigError
from tf2lint.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

_COMMANDS = {
    "check": "check",
    "baseline": "baseline",
    "fix": "fix",
    "report": "report",
    "rules": "rules",
    "rule": "rules",
    "config": "configuration",
}
"""The commands, in the order in which they are listed, and the module that has each."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv`, by default the process's own arguments, and return its exit status."""
    given = tuple(sys.argv[1:] if argv is None else argv)
    arguments = _parser(given[:1]).parse_args(given)
    arguments.command_line = given
    for stream in (sys.stdout, sys.stderr):
        # A file name that is not UTF-8 must be printable too.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()  # Whoever read it (`| head`) has seen enough.
        return FINDINGS
    except OSError as error:
        _drop_output()
        print(f"tf2lint: {visible(_where(error))}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("tf2lint: interrupted", file=sys.stderr)
        return FAILED
    return status


def _where(error: OSError) -> str:
    """What the system can not do something with."""
    if error.filename:
        return str(error.filename)
    try:
        os.getcwd()
    except OSError:
        return "the current directory"
    return "output"


def run() -> NoReturn:
    """The command as a process of its own, which ends with the exit status.

    It ends at once: to take all trees apart, node by node, takes as long as a tenth of the work. No garbage is looked
    for before: the engine does that when it drops its trees.
    """
    gc.disable()
    status = main()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):  # `main` has said what there was to say of it.
                stream.flush()
    os._exit(status)


def _drop_output() -> None:
    """Send to nowhere what is not written yet; else Python would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: argparse.Namespace) -> int:
    """Run one command; what is wrong with a configuration is said in the same way by all of them."""
    try:
        status: int = arguments.run(arguments)
    except ConfigError as error:
        sys.stdout.flush()
        print(f"tf2lint: {visible(str(error))}", file=sys.stderr)
        return FAILED
    return status


class _Parser(argparse.ArgumentParser):
    """A parser that does not ask `shutil` how wide the terminal is: that brings all kinds of compression with it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": _formatter, **given})


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, width=_columns() - 2)


def _columns() -> int:
    """The width of the terminal."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    with contextlib.suppress(AttributeError, OSError, ValueError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    return 80


def _parser(named: Sequence[str]) -> argparse.ArgumentParser:
    """What reads the arguments. Of a command that they begin with nothing but its own module is imported."""
    parser = _Parser(prog="tf2lint", description="A linter that knows TensorFlow.")
    parser.add_argument("--version", action="version", version=f"tf2lint {tf2lint.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    modules = [_COMMANDS[name] for name in named if name in _COMMANDS] or dict.fromkeys(_COMMANDS.values())
    for module in modules:
        importlib.import_module(f"{__name__}.{module}").add_to(commands)
    return parser
