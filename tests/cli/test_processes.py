"""How files are shared out among processes."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable

import pytest

from tf2lint.cli import processes


def _make() -> Callable[[str], tuple[str, int]]:
    def work(path: str) -> tuple[str, int]:
        # The later half is slow: who has done the first takes over some of it.
        time.sleep(0.03 if int(path) >= 32 else 0.001)
        return path, os.getpid()

    return work


def _lost(path: str) -> tuple[str, int]:
    raise AssertionError(path)


@pytest.mark.parametrize("number", [2, 3, 5, 64])
def test_each_once_in_order(number: int) -> None:
    """Whatever the number of processes, and of paths."""
    paths = [str(path) for path in range(number)]
    assert [path for path, _ in processes.in_order(_make, paths, 3, _lost)] == paths


def test_neighbours_stay_together() -> None:
    """A process does its own stretch from the front, and then another's from the back."""
    paths = [str(path) for path in range(64)]
    done = [process for _, process in processes.in_order(_make, paths, 2, _lost)]
    changes = [one != other for one, other in itertools.pairwise(done)]
    assert sum(changes) <= 2, done
