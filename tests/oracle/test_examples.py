"""Every row of every "Observed" table, run under the TensorFlow it speaks of."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import NONE_GIVEN, interpreters, minor_of
from .examples import Outcome, Row, rows

if TYPE_CHECKING:
    from collections.abc import Callable

RUNNER = Path(__file__).with_name("run_programs.py")
LIMIT = 120
"""Seconds that one program may take."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per row and interpreter of its version; a skipped one where no interpreter has that version."""
    if not {"python", "row"} <= set(metafunc.fixturenames):
        return
    given = interpreters(metafunc.config)
    parameters = []
    for row in rows():
        fitting = [python for python in given if minor_of(python) == row.version]
        parameters += [pytest.param(python, row, id=row.id) for python in fitting]
        if not fitting:
            reason = f"no TensorFlow {row.version} among --tensorflow" if given else NONE_GIVEN
            parameters.append(pytest.param("", row, id=row.id, marks=pytest.mark.skip(reason=reason)))
    metafunc.parametrize(("python", "row"), parameters)


@pytest.fixture(scope="session")
def outcomes() -> Callable[[str], dict[str, Outcome]]:
    """What the rows of an interpreter's version did, by the row's id: one batch per interpreter."""
    batches: dict[str, dict[str, Outcome]] = {}

    def ask(python: str) -> dict[str, Outcome]:
        if python not in batches:
            batches[python] = run(python, [row for row in rows() if row.version == minor_of(python)])
        return batches[python]

    return ask


def run(python: str, batch: list[Row]) -> dict[str, Outcome]:
    """Run the programs of the rows under an interpreter."""
    return ran(python, {row.id: row.source for row in batch})


def ran(python: str, sources: dict[str, str]) -> dict[str, Outcome]:
    """Run programs under an interpreter."""
    programs = [{"id": name, "source": source} for name, source in sources.items()]
    answer = subprocess.run(
        [python, str(RUNNER), "--limit", str(LIMIT)],
        input=json.dumps(programs),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=LIMIT * (len(programs) + 1),
    )
    if answer.returncode:
        raise RuntimeError(f"{python} {RUNNER.name} ended with {answer.returncode}:\n{answer.stderr[-4000:]}")
    return {name: Outcome(did["stdout"], did["error"]) for name, did in json.loads(answer.stdout).items()}


def test_example(python: str, row: Row, outcomes: Callable[[str], dict[str, Outcome]]) -> None:
    """The program does under this TensorFlow what its page says."""
    outcome = outcomes(python)[row.id]
    if outcome.error and "TBNotInstalledError" in outcome.error:
        pytest.skip("this environment has no TensorBoard, which tf.summary needs and TensorFlow 2.21 does not install")
    assert row.fits(outcome), f"{row.path}:{row.line}: {row.kind} `{row.text}`, it says; in truth it {outcome}"
