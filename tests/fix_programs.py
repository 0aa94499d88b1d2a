"""The programs of tests/fix: each runs under TensorFlow 1.15, and under TensorFlow 2 once `tf2lint fix` rewrote it."""

from __future__ import annotations

from pathlib import Path

from tf2lint import config
from tf2lint.cli.lint import Worker
from tf2lint.cli.rewriting import Fixer
from tf2lint.cli.selection import selection

PROGRAMS = sorted((Path(__file__).parent / "fix").glob("*.py"))


def fixed(path: Path) -> str:
    """A program as `tf2lint fix` leaves it. Nothing is left to report in it."""
    outcome = Fixer(selection([], []), Worker(config.Options()), unsafe=False).fix(str(path))
    assert outcome.fixed
    assert not outcome.left
    return outcome.after.decode("utf-8")
