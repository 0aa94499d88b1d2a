"""`tf2lint report PATH…`: how a migration stands, as one HTML page for whoever leads it."""

from __future__ import annotations

import argparse
import os
import pathlib
import shlex
import sys
import time
from collections.abc import Sequence

from tf2lint import config
from tf2lint.cli import atomic
from tf2lint.cli.options import add_run, add_target
from tf2lint.cli.status import CLEAN, FAILED
from tf2lint.cli.words import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tf2lint.cli.sources import Sources

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "report",
        help="write an HTML page that shows how a migration stands",
        description="Write an HTML page about what is found in files and directories, or about SARIF files of "
        "`check --output-format sarif`, so that many repositories make one page. "
        "Exit status 0: written, 2: not all was done.",
    )
    add_target(parser)
    add_run(parser)
    for option, says in (("--select", "report these alone"), ("--ignore", "do not report these")):
        parser.add_argument(
            option, action="append", default=[], metavar="RULES", help=f"{says}: codes, their beginnings, symbols"
        )
    parser.add_argument(
        "-o", "--output", default="tf2lint-report.html", metavar="FILE", help="default: tf2lint-report.html; - to print"
    )
    parser.add_argument("--sarif", action="store_true", help="each PATH is a SARIF file, as one that ends in .sarif is")
    parser.add_argument(
        "--name", action="append", default=[], metavar="NAME", help="the project's name; for each SARIF file in turn"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Find out what the arguments name and write the page. Raises ConfigError."""
    try:
        from tf2lint.report.page import Foot, render
    except ImportError as error:
        if error.name != "jinja2":
            raise
        raise config.ConfigError("`tf2lint report` needs jinja2: pip install 'tf2lint[command]'") from None
    from tf2lint.cli.sources import Sources

    seconds = _now()
    sources = Sources(arguments)
    sources.read()
    foot = Foot(seconds, sources.targets, _command(arguments.command_line))
    text = render(sources.title, sources.repositories, sources.histories, sources.notes, foot)
    return max(sources.status, _write(arguments.output, text, sources))


def _command(line: Sequence[str]) -> str:
    """The command line, without the folders above an absolute path."""
    words = []
    for word in line:
        option, equals, value = word.rpartition("=") if word.startswith("-") else ("", "", word)
        short = os.path.basename(value.rstrip("/")) if os.path.isabs(value) else value
        words.append(f"{option}{equals}{short}")
    return shlex.join(["tf2lint", *words])


def _now() -> int:
    """The time that the page says; a build that is to be reproducible sets it."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said and not said.isdecimal():
        raise config.ConfigError(f"SOURCE_DATE_EPOCH: {said!r} is no number of seconds")
    return int(said) if said else int(time.time())


# Writing


def _write(output: str, text: str, sources: Sources) -> int:
    if output == "-":
        sys.stdout.write(text)
        return CLEAN
    if atomic.leads_out(output, config.Projects().project_of(output)):
        print(f"tf2lint: {output}: it is a link that leads out of the project: name another file", file=sys.stderr)
        return FAILED
    try:
        atomic.write(pathlib.Path(output), text.encode())
    except OSError as error:
        print(f"tf2lint: {output}: it can not be written: {error.strerror or error}", file=sys.stderr)
        return FAILED
    files = [file for repository in sources.repositories for file in repository.files]
    count, touched = sum(len(file.hits) for file in files), sum(bool(file.hits) for file in files)
    print(f"{output}: {counted(count, 'finding')} in {touched} of {len(files)} files")
    return CLEAN
