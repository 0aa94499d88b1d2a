"""Options of the whole test run."""

from __future__ import annotations

import pathlib
import sys

import pytest

# The tools are not installed, only tested. At the end of the path, so that it is the installed tf2lint that is tested.
sys.path.append(str(pathlib.Path(__file__).parents[1]))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--tensorflow`."""
    parser.addoption(
        "--tensorflow",
        action="append",
        default=[],
        metavar="PYTHON",
        help="an interpreter that has TensorFlow, for tests/oracle; may be given several times",
    )


@pytest.fixture(autouse=True)
def without_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets what another one, or a run before a change of the code, has left."""
    monkeypatch.setenv("TF2LINT_CACHE_DIR", "")
