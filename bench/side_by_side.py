"""tf2lint beside tf_upgrade_v2: `python -m bench.side_by_side --tensorflow1 PYTHON --tensorflow PYTHON [PACKAGE ...]`.

The yardstick is neither's: `bench.references` lists the places that certainly name something of TensorFlow, and the two
interpreters say which names TensorFlow 1.15 has and 2.21 lacks or raises for. A place is seen by tf2lint if a finding lies
on one of its lines, by tf_upgrade_v2 if its log names one of them or its output differs there.

tf_upgrade_v2 leaves a file alone that imports `tensorflow.compat.v1` ("Not upgrading symbols"), apart from that import.
So it is run a second time with these imports spelled `import tensorflow`, as if the files had never been converted.
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import pathlib
import re
import sys

from bench import corpus, fetch, interpreters
from bench.references import Name, Reference, references

PACKAGES = ("tensor2tensor", "bert-tensorflow", "stable-baselines")
_LOGGED = re.compile(r"^(\d+):\d+: ")
_COMPAT = re.compile(r"^(\s*(?:import|from)\s+tensorflow)\.compat\.v1\b", re.MULTILINE)


@dataclasses.dataclass(slots=True)
class File:
    """A file, its references to names that are gone, and the lines on which each tool says something."""

    path: str
    text: str
    references: list[Reference]
    removed: list[Reference] = dataclasses.field(default_factory=list)
    ours: set[int] = dataclasses.field(default_factory=set)
    theirs: set[int] = dataclasses.field(default_factory=set)
    plain: set[int] = dataclasses.field(default_factory=set)
    crash: str = ""
    plain_crash: str = ""


@dataclasses.dataclass(slots=True)
class Comparison:
    """The files of a package that parse, and the CPU seconds of each tool, start-up excluded.

    `plain` is tf_upgrade_v2 with `tensorflow.compat.v1` spelled `tensorflow`.
    """

    package: str
    files: list[File]
    ours: float = 0.0
    theirs: float = 0.0
    plain: float = 0.0


def compare(package: str, folder: pathlib.Path, tensorflow: str, tensorflow1: str) -> Comparison:
    """Run everything over a package."""
    files = []
    for path in corpus.files_of(package, folder):
        text = corpus.text_of(path)
        try:
            found = references(text or "")
        except SyntaxError:
            continue  # Neither tool can read it.
        files.append(File(path.relative_to(folder / package).as_posix(), text or "", found))
    gone = removed_names({r.name for file in files for r in file.references}, tensorflow, tensorflow1)
    for file in files:
        file.removed = [reference for reference in file.references if reference.name in gone]
    comparison = Comparison(package, files)
    _ours(comparison, folder)
    _theirs(comparison, tensorflow)
    return comparison


def removed_names(names: set[Name], tensorflow: str, tensorflow1: str) -> dict[Name, str]:
    """Those names that 1.15 has, or has more of than 2.21, with what 2.21 raises."""
    asked = sorted(names, key=lambda name: (name.dotted, name.imported))
    questions = [["walk", name.dotted, name.imported] for name in asked]
    old = interpreters.ask(tensorflow1, "probe.py", questions)
    new = interpreters.ask(tensorflow, "probe.py", questions)
    return {name: after[1] for name, before, after in zip(asked, old, new, strict=True) if after[0] < before[0]}


def _ours(comparison: Comparison, folder: pathlib.Path) -> None:
    outcome = corpus.lint(comparison.package, folder)
    comparison.ours = outcome.seconds
    lines: dict[str, set[int]] = {}
    for found in outcome.found:
        span = found.finding.span
        lines.setdefault(found.path, set()).update(range(span.line, span.end_line + 1))
    for file in comparison.files:
        file.ours = lines.get(file.path, set())


def _theirs(comparison: Comparison, tensorflow: str) -> None:
    files = comparison.files
    texts = [file.text for file in files]
    texts += [_COMPAT.sub(r"\1", text) for text in texts]
    answers = interpreters.ask(tensorflow, "upgrade_probe.py", texts)
    for file, (crash, changed, log, seconds) in zip(files, answers[: len(files)], strict=True):
        comparison.theirs += seconds
        file.crash, file.theirs = crash, _told(file.text, crash, changed, log)
    for file, text, (crash, changed, log, seconds) in zip(files, texts[len(files) :], answers[len(files) :], strict=True):
        comparison.plain += seconds
        file.plain_crash, file.plain = crash, _told(text, crash, changed, log)


def _told(text: str, crash: str, changed: str, log: list[str]) -> set[int]:
    """The lines that tf_upgrade_v2 says something of."""
    if crash:
        return set()
    return {int(match[1]) for entry in log if (match := _LOGGED.match(entry))} | _changed(text, changed)


def _changed(before: str, after: str) -> set[int]:
    """The lines of a text, from 1, that another one replaces or drops."""
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    changed: set[int] = set()
    for kind, first, last, _, _ in matcher.get_opcodes():
        if kind != "equal":
            changed.update(range(first + 1, last + 1))
    return changed


def _seen(removed: list[Reference], lines: set[int]) -> int:
    return sum(1 for reference in removed if not lines.isdisjoint(range(reference.line, reference.end_line + 1)))


def _row(comparison: Comparison) -> list[str]:
    files = comparison.files
    total = sum(len(file.removed) for file in files)
    intact = sum(len(file.removed) for file in files if not file.plain_crash)
    ours = sum(_seen(file.removed, file.ours) for file in files)
    theirs = sum(_seen(file.removed, file.theirs) for file in files)
    plain = sum(_seen(file.removed, file.plain) for file in files)
    return [
        comparison.package,
        f"{len(files)}",
        f"{sum(len(file.references) for file in files):,}",
        f"{total:,}",
        _share(ours, total),
        _share(theirs, total),
        f"{sum(bool(file.crash) for file in files)}",
        _share(plain, total),
        _share(plain, intact),
        f"{sum(bool(file.plain_crash) for file in files)}",
        f"{comparison.ours:.1f}",
        f"{comparison.theirs:.1f}",
        f"{comparison.plain:.1f}",
    ]


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f} %)" if whole else "0"


_HEAD = ["package", "files", "references", "to removed names"]
_HEAD += ["tf2lint", "tf_upgrade_v2", "crashes", "plain", "where plain does not crash", "plain crashes"]
_HEAD += ["tf2lint CPU s", "tf_upgrade_v2 CPU s", "plain CPU s"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", default=PACKAGES)
    parser.add_argument("--folder", type=pathlib.Path, default=fetch.FOLDER, help="where the packages are")
    parser.add_argument("--tensorflow1", required=True, metavar="PYTHON", help="an interpreter with TensorFlow 1.15")
    parser.add_argument("--tensorflow", required=True, metavar="PYTHON", help="an interpreter with TensorFlow 2.21")
    parser.add_argument("--missed", action="store_true", help="list the references that tf2lint does not see")
    options = parser.parse_args(arguments)
    try:
        compared = [compare(p, options.folder, options.tensorflow, options.tensorflow1) for p in options.packages]
    except fetch.FetchError as error:
        print(error, file=sys.stderr)
        return 2
    print(corpus.table([_HEAD, *map(_row, compared)]))
    for comparison in compared:
        for file in comparison.files:
            if file.crash or file.plain_crash:
                print(f"tf_upgrade_v2 crashes on {comparison.package}/{file.path}: {file.crash or file.plain_crash}")
            for reference in file.removed if options.missed else ():
                if not _seen([reference], file.ours):
                    print(f"tf2lint misses {comparison.package}/{file.path}:{reference.line}: {reference.name.dotted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
