"""What the examples announce in their comments is what is found, no less and no more."""

from __future__ import annotations

import pathlib

import pytest

from tf2lint.cli.lint import Worker
from tf2lint.config import Options

from .corpus import PROGRAMS, RULES, name_of, programs
from .oracle.examples import Expectation, expectations


def found(path: pathlib.Path, enable: tuple[str, ...]) -> list[Expectation]:
    """The findings of a program as the command shows them, comments honoured."""
    result = Worker(Options(enable=enable)).lint(str(path))
    assert not result.failure, result.failure
    return sorted(
        Expectation(shown.finding.span.line, shown.column, shown.finding.rule.symbol) for shown in result.shown
    )


def test_there_are_programs() -> None:
    """The tests below are not silently empty."""
    assert list(RULES.glob("*/bad.py"))
    assert list(PROGRAMS.glob("*.py"))


@pytest.mark.parametrize("path", programs(), ids=name_of)
def test_findings_are_those_announced(path: pathlib.Path) -> None:
    """A rule that is off by default is on in its own bad.py; good.py is silent with default settings."""
    enable = (path.parent.name,) if path.name.endswith("bad.py") else ()
    assert found(path, enable) == expectations(path)


@pytest.mark.parametrize("path", sorted(RULES.glob("*/*bad.py")), ids=name_of)
def test_a_rule_is_switched_by_its_name(path: pathlib.Path) -> None:
    """Without its rule, an example has fewer findings: the comments do speak of that rule."""
    symbol = path.parent.name
    assert symbol in {expectation.symbol for expectation in expectations(path)}
    worker = Worker(Options(enable=(symbol,), disable=(symbol,)))
    assert symbol not in {shown.finding.rule.symbol for shown in worker.lint(str(path)).shown}
