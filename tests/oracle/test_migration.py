"""Programs for TensorFlow 1 that `tf2lint fix` rewrites, or does not: none is silently wrong afterwards.

This takes two interpreters: one with TensorFlow 1.15, one with TensorFlow 2.21.
"""

from __future__ import annotations

import functools

import pytest

from bench import migration

from .conftest import NONE_GIVEN, interpreters, minor_of
from .examples import Outcome
from .test_examples import ran

PROGRAMS = {path.stem: path.read_text("utf-8") for path in sorted(migration.PROGRAMS.glob("*.py"))}


@functools.cache
def outcomes(python: str, options: tuple[str, ...] | None) -> dict[str, Outcome]:
    """What the programs do under an interpreter, as they are or as they are fixed with these options."""
    return ran(python, PROGRAMS if options is None else {name: made.text for name, made in made_with(options).items()})


@functools.cache
def made_with(options: tuple[str, ...]) -> dict[str, migration.Made]:
    """What becomes of the programs, and what is said of it."""
    return migration.fixed(PROGRAMS, *options)


@pytest.mark.parametrize("options", [(), ("--unsafe",)], ids=["safe", "unsafe"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_silently_wrong(name: str, options: tuple[str, ...], request: pytest.FixtureRequest) -> None:
    """Where nothing is left to report, the program prints what it printed under TensorFlow 1."""
    by_minor = {minor_of(python): python for python in interpreters(request.config)}
    if not {"1.15", "2.21"} <= set(by_minor):
        pytest.skip(NONE_GIVEN)
    before = outcomes(by_minor["1.15"], None)[name]
    assert before.error is None
    assert before.stdout
    if not made_with(options)[name].said:
        assert outcomes(by_minor["2.21"], options)[name] == before


def test_there_is_something_to_see() -> None:
    """Some programs are moved as a whole, some are told of."""
    said = [bool(made.said) for made in made_with(("--unsafe",)).values()]
    assert len(said) == 30
    assert 10 <= sum(said) <= 20
