"""One program: what must hold for whatever a file contains."""

from __future__ import annotations

import ast
import dataclasses
import os
import traceback
import warnings

from tf2lint import config, source
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.cli.lint import Worker
from tf2lint.cli.results import Result, Shown
from tf2lint.cli.rewriting import Fixer
from tf2lint.cli.selection import selection


@dataclasses.dataclass(frozen=True, slots=True)
class Program:
    """A text to lint as if it lay at `path`. `once` says that it is not also linted by a fresh linter, nor fixed.

    `fault` tries the harness itself: `hang` and `end` are what the process does, other words what it takes offence at.
    """

    path: str
    content: bytes
    once: bool = False
    fault: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong with how a program was treated; whether it was analysed, and how many findings it has."""

    wrong: tuple[str, ...] = ()
    analysed: bool = False
    findings: int = 0


class Trial:
    """Tries one program after another, as the command does: what was learned about a project is kept."""

    def __init__(self) -> None:
        self._worker = Worker(config.Options())

    def answer(self, program: Program) -> Answer:
        """What comes of a program. Nothing is raised."""
        wrong: list[str] = []
        try:
            _show(program)
            result = self._worker.lint(program.path, program.content)
            wrong += _wrong(result, program)
            if not program.once and not wrong:
                wrong += self._wrong_again(result, program)
        except Exception:  # noqa: BLE001  # That is what is looked for.
            wrong.append(f"crash: {traceback.format_exc()}")
            return Answer(tuple(wrong))
        analysed = all(shown.finding.rule != NOT_ANALYSED for shown in result.shown)
        return Answer(tuple(wrong), analysed, len(result.shown))

    def _wrong_again(self, result: Result, program: Program) -> list[str]:
        """What a second look shows: by who knows nothing yet, and at what the edits make of it."""
        fresh = Worker(config.Options())
        again = fresh.lint(program.path, program.content)
        if again.shown != result.shown:
            return [f"another answer: {_difference(result, again)}"]
        if not any(shown.finding.edits for shown in result.shown):
            return []
        outcome = Fixer(fresh, selection((), ()), unsafe=True).fix(program.path, program.content)
        if "lease report" in outcome.refused:
            return [f"not fixed: {outcome.refused}"]
        if outcome.after != program.content and not _parses(outcome.after):
            return ["fixed: the result does not parse"]
        return []


def _show(program: Program) -> None:
    """Do what a fault is."""
    if program.fault == "hang":
        while True:
            pass
    if program.fault == "end":
        os._exit(1)
    if program.fault and program.fault.encode() in program.content:
        raise ValueError(program.fault)


def _wrong(result: Result, program: Program) -> list[str]:
    if result.failure:
        return [f"crash: {result.failure}"]
    shown = result.shown
    if list(shown) != sorted(shown, key=lambda one: one.finding.sort_key):
        return ["not sorted"]
    try:
        lines = source.lines(source.decode(program.content))
    except SyntaxError:
        return []  # Then nobody can say where its lines end.
    return [f"outside of the text: {one.finding}" for one in shown if not _is_inside(one, lines)]


def _is_inside(shown: Shown, lines: list[str]) -> bool:
    span = shown.finding.span
    if shown.cell:
        return True  # Its lines are those of a cell.
    if not 0 < span.line <= span.end_line <= len(lines):
        return False
    ordered = (span.line, span.column) <= (span.end_line, span.end_column)
    # A parser may complain about what should stand behind the end.
    slack = 2 if shown.finding.rule == NOT_ANALYSED else 1
    within = 1 <= shown.column <= len(lines[span.line - 1]) + slack
    return ordered and within and shown.end_column <= len(lines[span.end_line - 1]) + slack


def _difference(one: Result, other: Result) -> str:
    if other.failure:
        return other.failure
    mine, theirs = ([f"{shown.place} {shown.finding.message}" for shown in said.shown] for said in (one, other))
    return repr([text for text in mine + theirs if mine.count(text) != theirs.count(text)] or "another order or span")


def _parses(content: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(content)
    except (SyntaxError, ValueError):
        return False
    return True
