"""Lints many programs and says what went wrong: `python -m bench.fuzz [--seconds N | --programs N] [--seed S] KIND…`.

A KIND is `mutation` (programs of this repository and of the packages that `bench.fetch` unpacks, with tokens deleted,
doubled and swapped), `hypothesmith` (programs of all of Python's grammar, TensorFlow put in), `stdlib` (the library and
the tests of every Python that pyenv has) or a folder, of which every .py is taken as it is and with TensorFlow put in.
Wrong is an exception, a program that takes longer than `--timeout`, findings out of order or outside of the text, another
answer of a fresh linter, and a fix that does not parse. Each is written, made small, to .cache/bench/fuzz/.
"""

from __future__ import annotations

import argparse
import dataclasses
import heapq
import pathlib
import sys
import time
from collections.abc import Iterator

from bench import corpus
from bench.fuzz import minimise, programs
from bench.fuzz.trial import Program
from bench.fuzz.watch import Tried, Watch
from tf2lint import source

_FOLDER = corpus.RESULTS / "fuzz"
_NEWS = 60.0
"""Seconds between two lines about how far it has come."""


@dataclasses.dataclass(slots=True)
class Summary:
    """What came of the programs of one kind."""

    kind: str
    tried: int = 0
    files: set[str] = dataclasses.field(default_factory=set)
    analysed: int = 0
    findings: int = 0
    seconds: float = 0.0
    memory: int = 0
    slowest: list[tuple[float, str]] = dataclasses.field(default_factory=list)
    wrong: dict[str, str] = dataclasses.field(default_factory=dict)
    counts: dict[str, int] = dataclasses.field(default_factory=lambda: dict.fromkeys(("crash", "hang", "other"), 0))

    def add(self, program: Program, tried: Tried) -> None:
        """Count a program."""
        self.tried += 1
        self.files.add(program.path)
        self.analysed += tried.answer.analysed
        self.findings += tried.answer.findings
        self.seconds += tried.seconds
        self.memory = max(self.memory, tried.memory)
        told = f"{program.path} ({len(program.content):,} bytes)"
        (heapq.heappush if len(self.slowest) < 10 else heapq.heappushpop)(self.slowest, (tried.seconds, told))
        for wrong in tried.answer.wrong:
            kind = wrong.partition(":")[0]
            self.counts[kind if kind in self.counts else "other"] += 1

    def __str__(self) -> str:
        counts = self.counts
        return (
            f"{self.kind}: {self.tried:,} programs of {len(self.files):,} files, {self.analysed:,} analysed, "
            f"{self.findings:,} findings, {self.seconds:,.0f} CPU seconds, {self.memory / 1e6:,.0f} MB at most: "
            f"{counts['crash']} crashes, {counts['hang']} hangs, {counts['other']} other things wrong"
        )

    def details(self) -> Iterator[str]:
        """What else there is to say: what went wrong, each once, and what took longest."""
        for where, what in self.wrong.items():
            yield f"{where}: {what}"
        yield from (f"  {seconds:7.1f} s  {told}" for seconds, told in sorted(self.slowest, reverse=True))


def run(kind: str, options: argparse.Namespace) -> Summary:
    """Try the programs of a kind. Raises KindError."""
    summary, watch = Summary(kind), Watch(options.timeout)
    started = said = time.monotonic()
    try:
        for program in programs.of_kind(kind, options.seed):
            now = time.monotonic()
            if summary.tried == options.programs or (options.seconds and now - started > options.seconds):
                break
            if now - said > _NEWS:
                said = now
                print(summary, program.path, file=sys.stderr, flush=True)
            tried = watch.tried(program)
            summary.add(program, tried)
            for wrong in tried.answer.wrong:
                what = minimise.signature(wrong)
                if what not in summary.wrong.values():
                    path = _kept(program, wrong, watch)
                    summary.wrong[str(path)] = what
                    print(f"{path}: of {program.path}: {wrong}", file=sys.stderr, flush=True)
    finally:
        watch.close()
    return summary


def _kept(program: Program, wrong: str, watch: Watch) -> pathlib.Path:
    """The file that a program which shows something wrong is written to, made small, with what it shows beside it."""
    small = program if wrong.startswith("hang") else minimise.minimised(program, wrong, watch)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    path = _FOLDER / f"{source.digest(program.content)[:12]}.py"
    path.write_bytes(small.content)
    path.with_suffix(".whole").write_bytes(program.content)
    path.with_suffix(".txt").write_text(f"{program.path}\n{wrong}\n", encoding="utf-8", errors="backslashreplace")
    return path


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kinds", nargs="+", metavar="KIND")
    parser.add_argument("--seconds", type=float, default=0, help="for each kind; default: to its end")
    parser.add_argument("--programs", type=int, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=300, help="seconds that one program may take; default: 300")
    options = parser.parse_args(arguments)
    bad = False
    for kind in options.kinds:
        try:
            summary = run(kind, options)
        except programs.KindError as error:
            parser.error(str(error))
        print(summary, *summary.details(), sep="\n", flush=True)
        bad = bad or any(summary.counts.values())
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
