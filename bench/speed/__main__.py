"""`python -m bench.speed`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from bench import corpus, fetch
from bench.speed import __doc__ as about
from bench.speed import command, growth, hosts
from bench.speed.rows import Options, Row

_ROWS: dict[str, Callable[[Options], Iterator[Row]]] = {
    "check": command.check,
    "upgrade": command.upgrade,
    "cache": command.cache,
    "jobs": command.jobs,
    "start": command.start,
    "flake8": hosts.flake8,
    "pylint": hosts.pylint,
    "pylint-tensorflow": hosts.pylint_tensorflow,
    "lsp": hosts.editor,
    "growth": growth.copies,
    "chains": growth.chains,
    "shapes": growth.shapes,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command. The exit status is 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=about)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"default: all of {', '.join(_ROWS)}")
    parser.add_argument("--package", default="tensor2tensor", help="for the unit and the command")
    parser.add_argument("--hosted", default="stable-baselines", metavar="PACKAGE", help="for flake8 and pylint")
    parser.add_argument("--tensorflow", metavar="PYTHON", help="an interpreter with TensorFlow, for tf_upgrade_v2")
    parser.add_argument("--pylint-tensorflow", metavar="PYTHON", help="an interpreter with pylint and TensorFlow")
    parser.add_argument("--repeat", type=int, default=3, help="of each row; the least counts")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.rows if name not in _ROWS]
    if unknown:
        parser.error(f"no row {unknown[0]!r}: there are {', '.join(_ROWS)}")
    rows: list[Row] = []
    try:
        for name in given.rows or _ROWS:
            for row in _ROWS[name](Options.of(given)):
                rows.append(row)
                print("  ".join(filter(None, row.cells())), file=sys.stderr, flush=True)
    except fetch.FetchError as error:
        print(error, file=sys.stderr)
        return 2
    print(corpus.table([["what", "measured", "target", "", ""], *(row.cells() for row in rows)]))
    return int(any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
