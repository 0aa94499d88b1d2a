"""`tf2lint fix` on copies of the packages written for TensorFlow 1: `python -m bench.fix_packages [PACKAGE ...]`.

Each package is fixed twice in a row, once with safe edits alone and once with `--unsafe`, and what must hold is held
against every file: it parses; the second run changes nothing; no finding is left that has an edit, but in files that
are named as not fixed; its comments are the same, token by token; no finding is there that was not there before,
counted by rule and name, however the name is spelled. As most of the packages import `tensorflow.compat.v1` by now,
`--respelled` spells these imports `tensorflow` first, as `bench.side_by_side` does.
"""

from __future__ import annotations

import argparse
import ast
import collections
import contextlib
import dataclasses
import io
import pathlib
import shutil
import sys
import tempfile
import time
import tokenize
import warnings

from bench import corpus, fetch, side_by_side
from tf2lint import cli, config, source
from tf2lint.cli.lint import Worker
from tf2lint.findings import Finding

PACKAGES = (
    "tensor2tensor stable-baselines dm-sonnet tensorforce magenta trfl bert-tensorflow lucid tensorlayer tf-slim "
    "dopamine-rl"
).split()


@dataclasses.dataclass(slots=True)
class Fixed:
    """What came of a package: numbers, what the command said of files, and what went wrong."""

    found: int = 0
    left: int = 0
    fixed: int = 0
    changed: int = 0
    seconds: float = 0.0
    refused: list[str] = dataclasses.field(default_factory=list)
    new: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)


def fix(package: str, source_folder: pathlib.Path, folder: pathlib.Path, options: list[str]) -> Fixed:
    """Fix a copy of a package, look at all that came out, and fix it again."""
    shutil.copytree(source_folder / package, folder)
    (folder / "setup.cfg").write_text("[tf2lint]\n")  # A project of its own, with default settings.
    there = {path for path in folder.rglob("*") if path.is_file()}
    paths = sorted(folder.rglob("*.py"))
    before = {path: path.read_bytes() for path in paths}
    found = _findings(paths)
    outcome = Fixed(found=sum(map(len, found.values())))
    started = time.process_time()
    said = _run(["fix", *options, str(folder)])
    outcome.seconds = time.process_time() - started
    after = {path: path.read_bytes() for path in paths}
    if {path for path in folder.rglob("*") if path.is_file()} != there:
        outcome.wrong.append("files came or went")
    unfixed = [line for line in said if "fixed: not analysed" not in line and "fixed:" in line]
    outcome.refused = [line.replace(f"{folder}/", "") for line in unfixed]
    _run(["fix", *options, str(folder)])
    outcome.wrong += [f"{path}: a second run changes it" for path in paths if path.read_bytes() != after[path]]
    left = _findings(paths)
    outcome.left = sum(map(len, left.values()))
    outcome.fixed, outcome.changed = outcome.found - outcome.left, sum(before[path] != after[path] for path in paths)
    for path in paths:
        refused = any(f"{path}: " in line for line in unfixed)
        outcome.wrong += [f"{path}: {what}" for what in _wrong(before[path], after[path])]
        if not refused:
            outcome.wrong += [
                f"{path}:{finding.span.line}: {finding.rule.code} has an edit"
                for finding in left[path]
                if finding.edits and ("--unsafe" in options or all(edit.safe for edit in finding.edits))
            ]
        new = _kinds(left[path]) - _kinds(found[path])
        outcome.new += [f"{number} {rule} {name}" for (rule, name), number in new.items()]
    return outcome


def _run(arguments: list[str]) -> list[str]:
    """What the command says on standard error."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        cli.main(arguments)
    return said.getvalue().splitlines()


def _findings(paths: list[pathlib.Path]) -> dict[pathlib.Path, list[Finding]]:
    worker = Worker(config.Options())
    found = {}
    for path in paths:
        result = worker.lint(str(path))
        if result.failure:
            raise RuntimeError(f"{path}: {result.failure}")
        found[path] = [shown.finding for shown in result.shown]
    return found


def _kinds(findings: list[Finding]) -> collections.Counter[tuple[str, str]]:
    """How often each rule says something of each name, however the name is spelled."""
    return collections.Counter((finding.rule.code, finding.name.replace("compat.v1.", "")) for finding in findings)


def _wrong(before: bytes, after: bytes) -> list[str]:
    """What is wrong with what became of a file."""
    if before == after:
        return []
    wrong = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(after)
        except (SyntaxError, ValueError) as error:
            wrong.append(f"it does not parse: {error}")
    if _comments(before) != _comments(after):
        wrong.append("comments differ")
    ends = [source.decode(data).count(end) for data in (before, after) for end in ("\r\n", "\r", "\t")]
    if ends[:3] != ends[3:]:
        wrong.append("line ends or tabs differ")
    return wrong


def _comments(data: bytes) -> collections.Counter[str]:
    tokens = tokenize.tokenize(io.BytesIO(data).readline)
    return collections.Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


_HEAD = ["package", "files", "findings", "fixed", "left", "files changed", "refusals", "new", "wrong", "CPU s"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.fix_packages", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", default=PACKAGES)
    parser.add_argument("--folder", type=pathlib.Path, default=fetch.FOLDER, help="where the packages are")
    parser.add_argument("--respelled", action="store_true", help="as they were before they moved to compat.v1")
    options = parser.parse_args(arguments)
    wrong = 0
    for flags in ([], ["--unsafe"]):
        rows, told = [_HEAD], []
        for package in options.packages:
            with tempfile.TemporaryDirectory() as scratch:
                folder = options.folder
                if options.respelled:
                    folder = side_by_side.respelled(package, folder, pathlib.Path(scratch) / "respelled")
                outcome = fix(package, folder, pathlib.Path(scratch) / "copy", flags)
            wrong += len(outcome.wrong)
            numbers = [outcome.found, outcome.fixed, outcome.left, outcome.changed]
            numbers += [len(outcome.refused), len(outcome.new), len(outcome.wrong)]
            files = len(corpus.files_of(package, options.folder))
            rows.append([package, str(files), *map(str, numbers), f"{outcome.seconds:.1f}"])
            told += [f"{package}: {line}" for line in (*outcome.refused, *outcome.new, *outcome.wrong)]
        total = [str(sum(int(row[column]) for row in rows[1:])) for column in range(1, len(_HEAD) - 1)]
        rows.append(["all", *total, f"{sum(float(row[-1]) for row in rows[1:]):.1f}"])
        print(" ".join(["tf2lint fix", *flags]))
        print(corpus.table(rows))
        print("\n".join(told), end="\n\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
