"""What tf2lint says of the pinned packages: `python -m bench.precision [PACKAGE ...]`.

Prints a row per package and the findings per rule, and writes all findings, sorted, to one text file per package, so
that two runs can be compared with `diff -r`. The exit status is 1 where anything crashed.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random
import sys

from bench import corpus, fetch, verify
from bench.corpus import Found, Outcome


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(arguments)
    try:
        outcomes = [corpus.lint(name, options.folder) for name in fetch.named(options.packages)]
    except fetch.FetchError as error:
        print(error, file=sys.stderr)
        return 2
    options.output.mkdir(parents=True, exist_ok=True)
    for outcome in outcomes:
        lines = sorted(f"{found}\n" for found in outcome.found)
        (options.output / f"{outcome.name}.txt").write_text("".join(lines), encoding="utf-8")
    print(corpus.table([_HEAD, *map(_row, outcomes), _row(_total(outcomes))]))
    print(f"\n{_rules(outcomes)}\n\nAll findings are in {options.output}.")
    for outcome in outcomes:
        for found in outcome.not_analysed:
            print(f"not analysed: {outcome.name}/{found.place}: {found.finding.message}")
        for path, trace in outcome.crashes.items():
            print(f"CRASH: {outcome.name}/{path}\n{trace}")
    everything = [(outcome.name, found) for outcome in outcomes for found in outcome.found]
    wanted = [pair for pair in everything if not options.rule or pair[1].finding.rule.symbol in options.rule]
    if options.draw:
        _draw(wanted, options.draw, options.seed, options.folder)
    if options.verify:
        verify.report(wanted, options.verify)
    return 1 if any(outcome.crashes for outcome in outcomes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.precision", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="names, or tf1, tf2, small; all without any")
    parser.add_argument("--folder", type=pathlib.Path, default=fetch.FOLDER, help="where the packages are")
    parser.add_argument("--output", type=pathlib.Path, default=corpus.RESULTS / "precision", help="where findings go")
    parser.add_argument("--rule", action="append", metavar="SYMBOL", help="draw and verify only these rules")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="print N findings at random")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing")
    parser.add_argument("--verify", metavar="PYTHON", help="an interpreter with TensorFlow 2.21, to check names")
    return parser


_HEAD = ["package", "files", "lines", "CPU s", "lines/CPU s", "crashes", "not analysed", "findings"]


def _row(outcome: Outcome) -> list[str]:
    speed = outcome.lines / outcome.seconds if outcome.seconds else 0.0
    return [
        outcome.name,
        f"{outcome.files:,}",
        f"{outcome.lines:,}",
        f"{outcome.seconds:.1f}",
        f"{speed:,.0f}",
        f"{len(outcome.crashes)}",
        f"{len(outcome.not_analysed)}",
        f"{len(outcome.found):,}",
    ]


def _total(outcomes: list[Outcome]) -> Outcome:
    total = Outcome("total")
    for outcome in outcomes:
        total.files += outcome.files
        total.lines += outcome.lines
        total.seconds += outcome.seconds
        total.found += outcome.found
        total.crashes.update({f"{outcome.name}/{path}": trace for path, trace in outcome.crashes.items()})
    return total


def _rules(outcomes: list[Outcome]) -> str:
    """Findings per rule: one row per rule, one column per package."""
    counts = [collections.Counter(found.finding.rule.symbol for found in outcome.found) for outcome in outcomes]
    codes = sorted({(found.finding.rule.code, found.finding.rule.symbol) for o in outcomes for found in o.found})
    rows = [["rule", *(f"{number}" for number in range(1, len(outcomes) + 1)), "total"]]
    for code, symbol in codes:
        row = [count[symbol] for count in counts]
        rows.append([f"{code} {symbol}", *(f"{number or ''}" for number in row), f"{sum(row):,}"])
    names = "  ".join(f"{number} {outcome.name}" for number, outcome in enumerate(outcomes, start=1))
    return f"{names}\n{corpus.table(rows)}"


def _draw(everything: list[tuple[str, Found]], number: int, seed: int, folder: pathlib.Path) -> None:
    """Print findings at random, each with the lines around it."""
    everything = sorted(everything, key=lambda pair: (pair[0], str(pair[1])))
    drawn = random.Random(seed).sample(everything, min(number, len(everything)))
    for index, (package, found) in enumerate(drawn, start=1):
        print(f"\n{index}. {package}/{found}")
        lines = (corpus.text_of(folder / package / found.path) or "").splitlines()
        first, last = found.finding.span.line, found.finding.span.end_line
        for line in range(max(first - 2, 1), min(last + 2, len(lines) + 1)):
            print(f"    {'>' if first <= line <= last else ' '} {line:5} {lines[line - 1]}")


if __name__ == "__main__":
    sys.exit(main())
