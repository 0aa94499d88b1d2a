"""What a change does to the findings in real code: `python -m bench.primer [--check | --update] [PACKAGE ...]`.

Lints the pinned packages with the command, as a user would, each as a project of its own. `primer.tsv`, which is
committed, has the number of findings by package and rule: `--check` compares with it, `--update` writes it.
`python -m bench.primer --diff REV [REV2] [PACKAGE ...]` lints with another commit too, and says which findings are new,
gone or changed since that: now, or in the second commit. The exit status is 0 where nothing differs, 1 where something
does, 2 where it could not be done.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import difflib
import io
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bench import corpus, fetch
from tf2lint.cli.words import counted

COUNTS = pathlib.Path(__file__).with_suffix(".tsv")
"""The committed numbers."""

CRASH = "crash"
"""What stands for the rule where tf2lint itself failed."""

_ROOT = COUNTS.parents[1]
_HEAD = "# package\tversion\trule\tfindings; written by python -m bench.primer --update\n"
_LISTED = 10
_SECONDS = 1800
_RUN = """
import sys
sys.path[:] = [sys.argv.pop(1), *filter(None, sys.path)]  # The package under lint is the current directory.
from tf2lint.cli import main
sys.exit(main())
"""


class Said(NamedTuple):
    """A finding, or what went wrong with a file; `rule` is its code and symbol, columns count from 1."""

    package: str
    path: str
    line: int
    column: int
    rule: str
    message: str

    @property
    def place(self) -> str:
        """`package/path:line`."""
        return f"{self.package}/{self.path}:{self.line}"


class PrimerError(Exception):
    """Why nothing can be said."""


# Linting


def copied(package: str, folder: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    """A copy of the programs of a package, as a project with default settings. Raises FetchError."""
    source, target = corpus.folder_of(package, folder), scratch / package
    for path in sorted((*source.rglob("*.py"), *source.rglob("*.ipynb"))):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (target / "setup.cfg").write_text("[tf2lint]\n", encoding="utf-8")
    return target


def lint(project: pathlib.Path, tree: pathlib.Path, jobs: int = 1, order: int | None = None) -> list[Said]:
    """What the tf2lint of a source tree says of a project, in a process of its own; sorted.

    The command and its JSON are what all commits have in common. With `order`, the files are named one by one, in an
    order drawn by that number. Raises PrimerError.
    """
    paths = ["."]
    if order is not None:
        paths = sorted(path.relative_to(project).as_posix() for path in project.rglob("*.py"))
        random.Random(order).shuffle(paths)
    command = [sys.executable, "-c", _RUN, str(tree), "check", "--output-format=json", f"--jobs={jobs}", *paths]
    try:
        answer = subprocess.run(
            command,
            cwd=project,
            env={**os.environ, "TF2LINT_CACHE_DIR": ""},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PrimerError(f"{project.name}: it took longer than {_SECONDS} seconds") from None
    try:
        records = json.loads(answer.stdout)
    except ValueError:
        raise PrimerError(f"{project.name}: tf2lint ended with {answer.returncode}:\n{answer.stderr}") from None
    found = [
        Said(
            project.name,
            os.path.normpath(record["path"]),
            record["line"],
            record["column"],
            f"{record['code']} {record['symbol']}",
            " ".join((record["message"], *record.get("because", ()))),
        )
        for record in records
    ]
    return sorted((*found, *_crashes(project.name, answer.stderr)))


def lint_all(
    projects: Iterable[pathlib.Path], tree: pathlib.Path, jobs: int = 1, order: int | None = None
) -> list[Said]:
    """The same of several projects. Raises PrimerError."""
    return [said for project in projects for said in lint(project, tree, jobs, order)]


def _crashes(package: str, stderr: str) -> Iterator[Said]:
    for line in stderr.splitlines():
        path, marked, reason = line.removeprefix("tf2lint: ").partition(": internal error: ")
        if marked:
            yield Said(package, path, 1, 1, CRASH, reason)


@contextlib.contextmanager
def tree_of(revision: str) -> Iterator[pathlib.Path]:
    """The package tf2lint of a commit, in a temporary folder; the repository is only read. Raises PrimerError."""
    answer = subprocess.run(
        ["git", "archive", "--format=tar", revision, "tf2lint"], cwd=_ROOT, capture_output=True, check=False
    )
    if answer.returncode:
        raise PrimerError(f"{revision}: {answer.stderr.decode(errors='replace').strip()}")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(fileobj=io.BytesIO(answer.stdout)) as archive:
            archive.extractall(scratch, filter="data")
        yield pathlib.Path(scratch)


# Counts


def rows(found: Iterable[Said], packages: Sequence[str]) -> set[str]:
    """The lines of the file of counts for some packages. One in which nothing is found has a line too."""
    counts = collections.Counter({(package, "all"): 0 for package in packages})
    for said in found:
        counts.update(((said.package, said.rule), (said.package, "all")))
    return {
        f"{package}\t{fetch.PACKAGES.get(package, '')}\t{rule}\t{number}\n"
        for (package, rule), number in counts.items()
    }


def _stored() -> set[str]:
    lines = COUNTS.read_text(encoding="utf-8").splitlines(keepends=True) if COUNTS.exists() else []
    return {line for line in lines if not line.startswith("#")}


def update(now: set[str], packages: Sequence[str]) -> None:
    """Write the counts of some packages; those of others stay."""
    others = {line for line in _stored() if line.partition("\t")[0] not in packages}
    COUNTS.write_text(_HEAD + "".join(sorted(now | others)), encoding="utf-8")


def changes(now: set[str], packages: Sequence[str]) -> list[str]:
    """The lines of the file of counts that are not any more, and those that are new; empty where it is up to date."""
    before = sorted(line for line in _stored() if line.partition("\t")[0] in packages)
    compared = difflib.unified_diff(before, sorted(now), "bench/primer.tsv", "now", n=0)
    return [line.rstrip("\n") for line in compared if not line.startswith("@@")]


# Differences


Change = tuple[str, Said, Said | None]
"""A sign, the finding, and what it was if it changed."""


class Differences(NamedTuple):
    """What is new, gone, or says something else in the same place, sorted."""

    new: list[Said]
    gone: list[Said]
    changed: list[tuple[Said, Said]]

    def by_rule(self) -> dict[str, list[Change]]:
        """The same by rule."""
        grouped: dict[str, list[Change]] = collections.defaultdict(list)
        for said in self.new:
            grouped[said.rule].append(("+", said, None))
        for said in self.gone:
            grouped[said.rule].append(("-", said, None))
        for before, after in self.changed:
            grouped[after.rule].append(("!", after, before))
        return {rule: sorted(grouped[rule], key=lambda item: (item[1], item[0])) for rule in sorted(grouped)}

    def __str__(self) -> str:
        return f"{len(self.new)} new, {len(self.gone)} gone, {len(self.changed)} changed"


def differences(before: Iterable[Said], after: Iterable[Said]) -> Differences:
    """What became of findings. One that changed has its rule and line still, or its place under another rule."""
    old, new = collections.Counter(before), collections.Counter(after)
    gone, come = sorted((old - new).elements()), sorted((new - old).elements())
    changed: list[tuple[Said, Said]] = []
    for same in (lambda said: (said.package, said.path, said.line, said.rule), lambda said: said[:4]):
        left = collections.defaultdict(list)
        for said in gone:
            left[same(said)].append(said)
        stay = []
        for said in come:
            if left[same(said)]:
                changed.append((left[same(said)].pop(0), said))
            else:
                stay.append(said)
        gone, come = sorted(said for rest in left.values() for said in rest), stay
    return Differences(come, gone, sorted(changed, key=lambda pair: pair[1]))


def _lines(group: Sequence[Change], most: int | None) -> Iterator[str]:
    for sign, said, before in group[:most]:
        if before is None:
            yield f"{sign} {said.place}: {said.message}"
        else:
            rule = "" if before.rule == said.rule else f"{before.rule}: "
            yield f"! {said.place}: {rule}{before.message}"
            yield f"!   now: {said.message}"
    if most is not None and len(group) > most:
        yield f"# {len(group) - most} more"


def _counted(group: Sequence[Change]) -> str:
    signs = collections.Counter(sign for sign, _, _ in group)
    words = (("+", "new"), ("-", "gone"), ("!", "changed"))
    return ", ".join(f"{signs[sign]} {word}" for sign, word in words if signs[sign])


def as_text(found: Differences, most: int | None = _LISTED) -> str:
    """The differences for a terminal."""
    parts = [
        f"{rule}: {_counted(group)}\n" + "".join(f"  {line}\n" for line in _lines(group, most))
        for rule, group in found.by_rule().items()
    ]
    return "\n".join([*parts, f"{found}\n"])


def as_markdown(found: Differences, words: str, most: int | None = _LISTED) -> str:
    """The differences for a comment in a pull request, each rule folded."""
    parts = [f"**Primer**: {found} ({words})\n"]
    for rule, group in found.by_rule().items():
        lines = "\n".join(_lines(group, most))
        # A fence longer than any that a message may hold.
        fence = "~" * (3 + max((len(run) for run in lines.split() if set(run) == {"~"}), default=0))
        parts.append(
            f"<details><summary><code>{rule}</code>: {_counted(group)}</summary>\n\n"
            f"{fence}diff\n{lines}\n{fence}\n\n</details>\n"
        )
    return "\n".join(parts)


# The command


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(arguments)
    try:
        known = {*fetch.GROUPS, *fetch.PACKAGES}
        revisions = [word for word in options.diff or () if word not in known]
        packages = fetch.named([*options.packages, *(word for word in options.diff or () if word in known)])
        with tempfile.TemporaryDirectory() as scratch:
            projects = [copied(package, options.folder, pathlib.Path(scratch)) for package in packages]
            return _diff(projects, revisions, options) if options.diff else _count(projects, packages, options)
    except (PrimerError, fetch.FetchError) as error:
        print(error, file=sys.stderr)
        return 2


def _count(projects: Sequence[pathlib.Path], packages: Sequence[str], options: argparse.Namespace) -> int:
    found = lint_all(projects, _ROOT, options.jobs, options.order)
    now = rows(found, packages)
    if options.update:
        update(now, packages)
    differ = changes(now, packages)
    if options.check and differ:
        named = " ".join(("", *options.packages))
        print(*differ, sep="\n")
        print(
            f"\nThe findings in real code are not those of bench/primer.tsv. Which they are:\n"
            f"    python -m bench.primer --diff HEAD{named}\n"
            f"If that is what the change is for, commit what this writes:\n"
            f"    python -m bench.primer --update{named}"
        )
    elif not options.check:
        print(corpus.table([line.rstrip("\n").split("\t") for line in sorted(now)]))
    for said in found:
        if said.rule == CRASH:
            print(f"CRASH: {said.place}: {said.message}", file=sys.stderr)
    return 2 if any(said.rule == CRASH for said in found) else 1 if options.check and differ else 0


def _diff(projects: Sequence[pathlib.Path], revisions: Sequence[str], options: argparse.Namespace) -> int:
    if not 0 < len(revisions) < 3:
        raise PrimerError("--diff takes one commit or two")
    with contextlib.ExitStack() as trees:
        sides = [trees.enter_context(tree_of(revision)) for revision in revisions]
        before, after = [lint_all(projects, tree, options.jobs) for tree in (*sides, _ROOT)[:2]]
    found = differences(before, after)
    most = None if options.all else _LISTED
    words = f"{counted(len(projects), 'package')}, from {revisions[0]} to {(*revisions, 'the working tree')[1]}"
    if options.markdown:
        options.markdown.write_text(as_markdown(found, words, most), encoding="utf-8")
    print(as_text(found, most), end="")
    return 1 if any(found) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.primer", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="names, or tf1, tf2, small; all without any")
    parser.add_argument("--folder", type=pathlib.Path, default=fetch.FOLDER, help="where the packages are")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--check", action="store_true", help="compare with the committed counts")
    does.add_argument("--update", action="store_true", help="write the counts")
    does.add_argument("--diff", nargs="+", metavar="REV", help="compare the findings of a commit with those of here")
    parser.add_argument("--all", action="store_true", help=f"list all differences of a rule, not {_LISTED}")
    parser.add_argument("--markdown", type=pathlib.Path, metavar="FILE", help="write the differences there, too")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes; the counts are the same")
    parser.add_argument("--order", type=int, metavar="SEED", help="name the files in another order; they still are")
    return parser


if __name__ == "__main__":
    sys.exit(main())
