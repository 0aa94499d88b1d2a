"""tf2lint beside tf_upgrade_v2: `python -m bench.side_by_side --tensorflow1 PYTHON --tensorflow PYTHON [PACKAGE ...]`.

The yardstick is neither's: `bench.references` lists the places that certainly name something of TensorFlow, and the
two interpreters say which names TensorFlow 1.15 has and 2.21 lacks or raises for. Where a variable holds what is gone
already (`FLAGS = tf.flags.FLAGS`), its assignment is the place, and `FLAGS.x` is not. A place is seen by tf2lint if a
finding lies on one of its lines, by tf_upgrade_v2 if its log names one of them or its output differs there.

The packages largely import `tensorflow.compat.v1`, most of whose names are there in 2.21. So each is measured twice: as
it is, and with these imports spelled `import tensorflow`, as the programs were before they were moved to `compat.v1`.
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import pathlib
import re
import sys
import tempfile

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
    crash: str = ""


@dataclasses.dataclass(slots=True)
class Comparison:
    """The files of a package that parse, and the CPU seconds of each tool, start-up excluded."""

    package: str
    label: str
    files: list[File]
    ours: float = 0.0
    theirs: float = 0.0


def compare(package: str, label: str, folder: pathlib.Path, tensorflow: str, tensorflow1: str) -> Comparison:
    """Run everything over a package in a folder."""
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
    comparison = Comparison(package, label, files)
    _ours(comparison, folder)
    _theirs(comparison, tensorflow)
    return comparison


def respelled(package: str, folder: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    """A folder with the same package, whose imports of `tensorflow.compat.v1` name `tensorflow`, on the same lines."""
    for path in corpus.files_of(package, folder):
        text = corpus.text_of(path)
        if text is not None:
            copy = scratch / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(_COMPAT.sub(r"\1", text).encode("utf-8"))
    return scratch


def removed_names(names: set[Name], tensorflow: str, tensorflow1: str) -> dict[Name, str]:
    """Those names of which 1.15 has more than 2.21 beyond what a variable stands for, with what 2.21 raises."""
    asked = sorted(names, key=lambda name: (name.dotted, name.imported))
    questions = [["walk", name.dotted, name.imported] for name in asked]
    old = interpreters.ask(tensorflow1, "probe.py", questions)
    new = interpreters.ask(tensorflow, "probe.py", questions)
    return {
        name: after[1]
        for name, before, after in zip(asked, old, new, strict=True)
        if name.aliased <= after[0] < before[0]
    }


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
    answers = interpreters.ask(tensorflow, "upgrade_probe.py", [file.text for file in comparison.files])
    for file, (crash, changed, log, seconds) in zip(comparison.files, answers, strict=True):
        comparison.theirs += seconds
        file.crash, file.theirs = crash, _told(file.text, crash, changed, log)


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
    read = [file for file in files if not file.crash]
    theirs = sum(_seen(file.removed, file.theirs) for file in read)
    return [
        comparison.label,
        f"{len(files)}",
        f"{sum(len(file.references) for file in files):,}",
        f"{total:,}",
        _share(sum(_seen(file.removed, file.ours) for file in files), total),
        _share(theirs, total),
        _share(theirs, sum(len(file.removed) for file in read)),
        f"{len(files) - len(read)}",
        f"{comparison.ours:.1f}",
        f"{comparison.theirs:.1f}",
    ]


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f} %)" if whole else "0"


_HEAD = ["package", "files", "references", "to removed names", "tf2lint sees", "tf_upgrade_v2 sees"]
_HEAD += ["where it does not crash", "its crashes", "tf2lint CPU s", "tf_upgrade_v2 CPU s"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", default=PACKAGES)
    parser.add_argument("--folder", type=pathlib.Path, default=fetch.FOLDER, help="where the packages are")
    parser.add_argument("--tensorflow1", required=True, metavar="PYTHON", help="an interpreter with TensorFlow 1.15")
    parser.add_argument("--tensorflow", required=True, metavar="PYTHON", help="an interpreter with TensorFlow 2.21")
    parser.add_argument("--missed", action="store_true", help="list the references that tf2lint does not see")
    options = parser.parse_args(arguments)
    compared = []
    try:
        for package in options.packages:
            compared.append(compare(package, package, options.folder, options.tensorflow, options.tensorflow1))
            with tempfile.TemporaryDirectory() as scratch:
                folder = respelled(package, options.folder, pathlib.Path(scratch))
                label = f"{package}, respelled"
                compared.append(compare(package, label, folder, options.tensorflow, options.tensorflow1))
    except fetch.FetchError as error:
        print(error, file=sys.stderr)
        return 2
    print(corpus.table([_HEAD, *map(_row, compared)]))
    for comparison in compared:
        for file in comparison.files:
            if file.crash:
                print(f"tf_upgrade_v2 crashes on {comparison.label}: {file.path}: {file.crash}")
            for reference in file.removed if options.missed else ():
                if not _seen([reference], file.ours):
                    print(f"tf2lint misses {comparison.label}: {file.path}:{reference.line}: {reference.name.dotted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
