"""The programs of tests/fix: each runs under TensorFlow 1.15, and under TensorFlow 2 once `tf2lint fix` rewrote it.

Those in `untangled` import `tf.compat.v1`, which is what is rewritten; those in `unsafe` need the option of that name.
"""

from __future__ import annotations

from pathlib import Path

from tf2lint import config
from tf2lint.cli.lint import Worker
from tf2lint.cli.rewriting import Fixer, Outcome
from tf2lint.cli.selection import selection

FOLDER = Path(__file__).parent / "fix"
PROGRAMS = sorted(FOLDER.glob("*.py"))
UNTANGLED = sorted(FOLDER.glob("untangled/*.py"))
UNSAFE = sorted(FOLDER.glob("unsafe/*.py"))


def fixed(path: Path) -> str:
    """A program as `tf2lint fix` leaves it. Nothing is left to report in it."""
    outcome = _fixed(path, None)
    assert outcome.fixed, outcome.refused
    assert not outcome.left
    return outcome.after.decode("utf-8")


def fixed_for_both(path: Path) -> str:
    """A program as `tf2lint fix` leaves it where TensorFlow 1.15 goes on being a target."""
    outcome = _fixed(path, ">=1.15,<2.22")
    assert not outcome.refused
    return outcome.after.decode("utf-8")


def _fixed(path: Path, target: str | None) -> Outcome:
    chosen = selection(["TF303"] if path in UNTANGLED else [], [])
    options = config.Options(tensorflow=target, enable=chosen.enabled)
    return Fixer(Worker(options), chosen, unsafe=path in UNSAFE).fix(str(path))
