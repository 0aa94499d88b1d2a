"""What expressions of a traced function are. `tests/oracle/test_frames.py` asks TensorFlow the same."""

from __future__ import annotations

import pathlib

import pytest

from .reveal import ROWS, revealed


@pytest.mark.parametrize(("row", "expected"), ROWS.items(), ids=list(ROWS))
def test_what_it_is(row: str, expected: str, tmp_path: pathlib.Path) -> None:
    assert revealed(tmp_path, row) == expected
