"""Build the data of `tf2lint.api`: `python -m tools.build_api` in the root of the repository.

Fetches the pinned wheels that are not in the cache yet, reads them, and writes `tf2lint/api/names.z`, `details.z` and
`changes.z`. The same wheels give the same bytes.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import pathlib
import sys

from tf2lint.api import data
from tools import arguments, changing, encode, fetch, layout, merge, replacements
from tools.extract import extract
from tools.facts import Edition

ROOT = pathlib.Path(__file__).resolve().parent.parent


def read(edition: str, sources: pathlib.Path) -> Edition:
    """One edition's facts; what a worker process does."""
    return extract(layout.layout(edition, sources))


def build(sources: pathlib.Path, processes: int) -> dict[str, str]:
    """The text of the data files, from unpacked wheels."""
    if processes > 1:
        with concurrent.futures.ProcessPoolExecutor(processes) as pool:
            editions = list(pool.map(read, layout.EDITIONS, [sources] * len(layout.EDITIONS)))
    else:
        editions = [read(edition, sources) for edition in layout.EDITIONS]
    by_name = {edition.name: edition for edition in editions}
    merged = merge.merge(by_name)
    candidates = replacements.collect(merged, by_name, sources)
    texts = encode.encode(merged, candidates, arguments.collect(merged, candidates, sources))
    known, details = data.Table(texts["names.z"]), data.Details(texts["details.z"])
    return {**texts, "changes.z": changing.collect(known, details)}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status is 1 where `--check` finds the files out of date."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_api", description=__doc__)
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".cache" / "sources", help="unpacked wheels")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "tf2lint" / "api", help="where to write")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the files are up to date")
    options = parser.parse_args(arguments)
    fetch.fetch(options.cache)
    stale = False
    for name, text in build(options.cache, options.processes).items():
        packed = encode.compress(text)
        path = options.output / name
        if options.check:
            if not path.exists() or path.read_bytes() != packed:
                print(f"{path.name} is not what the wheels say", file=sys.stderr)
                stale = True
        else:
            path.write_bytes(packed)
            print(f"{path.name}: {len(text):,} characters, {len(packed):,} bytes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
