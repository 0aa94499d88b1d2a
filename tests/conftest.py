"""Options of the whole test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--tensorflow`."""
    parser.addoption(
        "--tensorflow",
        action="append",
        default=[],
        metavar="PYTHON",
        help="an interpreter that has TensorFlow, for tests/oracle; may be given several times",
    )
