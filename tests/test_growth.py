"""What a program costs grows as it does, whatever it has much of. Steps are counted, not seconds."""

from __future__ import annotations

import collections
import pathlib
import sys
from types import FrameType

import pytest

from bench.speed.shapes import SHAPES
from tf2lint.config import Options, Projects
from tf2lint.engine import Linter

_SIZE = 60
_MOST = 2.6
"""What is looked at for each pair grows fourfold. Some steps depend on how many names are like each other."""


def _steps(folder: pathlib.Path, text: str) -> int:
    """The calls of Python functions while a text is linted."""
    events: collections.Counter[str] = collections.Counter()

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        events[event] += 1

    path = folder / "module.py"
    linter = Linter(Projects(Options()).of(str(path)))
    sys.setprofile(counted)
    try:
        linter.lint(path, text)
    finally:
        sys.setprofile(None)
    return events["call"]


@pytest.mark.parametrize("label", SHAPES)
def test_steps(tmp_path: pathlib.Path, label: str) -> None:
    """Twice the lines take twice the steps."""
    text = SHAPES[label]
    _steps(tmp_path, text(2))  # What is read once for all, of the database for one, is known after it.
    one, two, four = (_steps(tmp_path, text(times * _SIZE)) for times in (1, 2, 4))
    assert four - two < _MOST * (two - one)
